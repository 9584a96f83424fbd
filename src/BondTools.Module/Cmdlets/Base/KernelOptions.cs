using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Takes a number where a kernel option is asked for, so that <c>-TransmitHashPolicy 2</c> means layer2+3.</summary>
internal sealed class KernelNumberAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is int number ? number.ToString(CultureInfo.InvariantCulture) : inputData;
    }
}

/// <summary>Completes the kernel's names of an option.</summary>
internal abstract class KernelOptionCompleter(IReadOnlyList<KernelOption> values) : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        values.Where(v => v.Name.StartsWith(wordToComplete, System.StringComparison.OrdinalIgnoreCase)).Select(v => new CompletionResult(v.Name));
}

/// <summary>Completes bonding modes.</summary>
internal sealed class BondModeCompleter() : KernelOptionCompleter(BondMode.All);

/// <summary>Completes transmit hash policies.</summary>
internal sealed class TransmitHashPolicyCompleter() : KernelOptionCompleter(TransmitHashPolicy.All);

/// <summary>Completes the modes of Open vSwitch bonds.</summary>
internal sealed class OvsBondModeCompleter() : KernelOptionCompleter(OvsBondMode.All);
