using System.Management.Automation;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Refuses what is no id of a publication, before anything connects anywhere.</summary>
internal sealed class ValidatePublicationIdAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        if (element is not string id || !PublicationEntry.IsId(id))
            throw new ValidationMetadataException($"'{element}' is no id of a publication, such as 20260105T090000Z-0a1b2c; Get-PveNetworkHistory shows them.");
    }
}
