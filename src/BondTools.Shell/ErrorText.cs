using System.Management.Automation;
using System.Text;

namespace BondTools.Shell;

/// <summary>What a person reads of an error: message, advice, place and id.</summary>
internal static class ErrorText
{
    public static string Of(ErrorRecord record)
    {
        var text = new StringBuilder();
        if (record.InvocationInfo?.MyCommand?.Name is { Length: > 0 } command)
            text.Append(command).Append(": ");
        text.Append(record.ErrorDetails?.Message ?? record.Exception.Message);
        if (record.ErrorDetails?.RecommendedAction is { Length: > 0 } action)
            text.Append("\n  ").Append(action);
        if (record.InvocationInfo?.PositionMessage is { Length: > 0 } position)
            text.Append('\n').Append(position);
        return text.Append("\n  ").Append(record.FullyQualifiedErrorId).ToString();
    }
}
