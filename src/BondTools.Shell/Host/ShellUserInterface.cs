using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace BondTools.Shell.Host;

/// <summary>Shows the streams and asks the questions.</summary>
internal sealed class ShellUserInterface(Terminal terminal) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface(terminal);

    public override bool SupportsVirtualTerminal => terminal.HasColor;

    public override void Write(string value) => terminal.Write(Rendered(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        terminal.Write(terminal.TakesColor && foregroundColor != RawUI.ForegroundColor
            ? PSStyle.MapForegroundColorToEscapeSequence(foregroundColor) + value + PSStyle.Instance.Reset
            : value);

    public override void WriteLine(string value) => terminal.Write(Rendered(value) + Environment.NewLine);

    public override void WriteErrorLine(string value) => terminal.WriteError(value);

    public override void WriteWarningLine(string message) => terminal.WriteWarning(message);

    public override void WriteVerboseLine(string message) => terminal.WriteVerbose(message);

    public override void WriteDebugLine(string message) => terminal.WriteDebug(message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
            terminal.ClearProgress();
        else
            terminal.WriteProgress($"{record.Activity}: {record.StatusDescription}{(record.PercentComplete >= 0 ? $" {record.PercentComplete}%" : "")}");
    }

    public override string ReadLine()
    {
        terminal.ClearProgress();
        return Console.In.ReadLine() ?? throw new HostException("The input ended where an answer was needed.");
    }

    public override SecureString ReadLineAsSecureString()
    {
        terminal.ClearProgress();
        var secret = new SecureString();
        if (Console.IsInputRedirected)
        {
            foreach (var character in ReadLine())
                secret.AppendChar(character);
            return secret;
        }
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace)
                secret.AppendChar(key.KeyChar);
            else if (secret.Length > 0)
                secret.RemoveAt(secret.Length - 1);
        }
        Console.Error.WriteLine();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        Introduce(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            var label = string.IsNullOrEmpty(field.Label) ? field.Name : field.Label.Replace("&", "", StringComparison.Ordinal);
            answers[field.Name] = PSObject.AsPSObject(field.ParameterTypeFullName switch
            {
                "System.Management.Automation.PSCredential" => PromptForCredential("", "", "", ""),
                "System.Security.SecureString" => Ask(label, ReadLineAsSecureString),
                { } type when type.EndsWith("[]", StringComparison.Ordinal) => AskUntilEmpty(label),
                _ => Ask(label, ReadLine),
            });
        }
        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Introduce(caption, message);
        var keys = new string[choices.Count];
        var shown = new List<string>();
        for (var i = 0; i < choices.Count; i++)
        {
            var label = choices[i].Label;
            var hotKey = label.IndexOf('&', StringComparison.Ordinal);
            keys[i] = hotKey >= 0 && hotKey + 1 < label.Length ? label.Substring(hotKey + 1, 1) : label;
            shown.Add($"[{keys[i].ToUpperInvariant()}] {label.Replace("&", "", StringComparison.Ordinal)}");
        }
        var suffix = defaultChoice >= 0 ? $" (default is {keys[defaultChoice].ToUpperInvariant()})" : "";
        while (true)
        {
            var answer = Ask(string.Join("  ", shown) + suffix, ReadLine).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            for (var i = 0; i < choices.Count; i++)
            {
                if (string.Equals(answer, keys[i], StringComparison.OrdinalIgnoreCase)
                    || string.Equals(answer, choices[i].Label.Replace("&", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
                    return i;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        Introduce(caption, message);
        var user = string.IsNullOrEmpty(userName) ? Ask("User", ReadLine) : userName;
        return new PSCredential(user, Ask($"Password for user {user}", ReadLineAsSecureString));
    }

    // The engine's formatter always colours; taking the colours out again is the host's part.
    private string Rendered(string value) => terminal.TakesColor ? value : new StringDecorated(value).ToString(OutputRendering.PlainText);

    private void Introduce(string caption, string message)
    {
        terminal.ClearProgress();
        foreach (var line in new[] { caption, message })
        {
            if (!string.IsNullOrEmpty(line))
                Console.Error.WriteLine(line);
        }
    }

    private static T Ask<T>(string label, Func<T> read)
    {
        // Questions go to standard error, so that they are seen when results are piped.
        Console.Error.Write(label + ": ");
        return read();
    }

    private string[] AskUntilEmpty(string label)
    {
        var values = new List<string>();
        while (true)
        {
            var value = Ask($"{label}[{values.Count.ToString(CultureInfo.InvariantCulture)}]", ReadLine);
            if (value.Length == 0)
                return [.. values];
            values.Add(value);
        }
    }
}
