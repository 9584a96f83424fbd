using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Asks before configuration lines go to a switch, in the same words everywhere.</summary>
internal static class SwitchQuestions
{
    public static Task<bool> ShouldConfigureAsync(this IPipelineOutput output, CiscoSwitch device, IReadOnlyList<string> lines, string caption)
    {
        var text = string.Join(Environment.NewLine, lines);
        return output.ShouldProcessAsync(
            $"Configure on {device.ComputerName}:{Environment.NewLine}{text}",
            $"Send these lines to {device.ComputerName}?{Environment.NewLine}{text}",
            caption);
    }
}
