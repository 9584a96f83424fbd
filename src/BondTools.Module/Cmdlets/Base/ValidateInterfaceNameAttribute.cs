using System.Management.Automation;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Refuses a name that the kernel would not take, before anything connects anywhere.</summary>
internal sealed class ValidateInterfaceNameAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        try
        {
            InterfaceName.Validate(element as string ?? "");
        }
        catch (BondToolsException e)
        {
            throw new ValidationMetadataException(e.Message, e);
        }
    }
}
