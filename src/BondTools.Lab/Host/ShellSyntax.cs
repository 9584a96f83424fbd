using System;
using System.Collections.Generic;

namespace BondTools.Lab.Host;

/// <summary>A part of a word: text, <c>$name</c> or <c>$(…)</c>.</summary>
internal sealed record WordPart(WordPartKind Kind, string Text, bool Quoted);

internal enum WordPartKind { Text, Variable, Substitution }

/// <summary>A word before expansion.</summary>
internal sealed record ShellWord(IReadOnlyList<WordPart> Parts)
{
    /// <summary>The word's text if it holds nothing to expand and nothing quoted, as keywords do.</summary>
    public string? Bare => Parts.Count == 1 && Parts[0] is { Kind: WordPartKind.Text, Quoted: false } part ? part.Text : null;
}

/// <summary>A redirection; the target is a word, or another descriptor for <c>2&gt;&amp;1</c>.</summary>
internal sealed record Redirection(int Descriptor, char Kind, ShellWord Target);

internal abstract record ShellNode;

internal sealed record SimpleCommand(
    IReadOnlyList<(string Name, ShellWord Value)> Assignments, IReadOnlyList<ShellWord> Words, IReadOnlyList<Redirection> Redirections) : ShellNode;

internal sealed record CompoundCommand(ShellNode Body, IReadOnlyList<Redirection> Redirections, bool Subshell) : ShellNode;

internal sealed record PipelineNode(IReadOnlyList<ShellNode> Commands, bool Negated) : ShellNode;

internal sealed record AndOrNode(ShellNode First, IReadOnlyList<(bool And, ShellNode Command)> Rest) : ShellNode;

internal sealed record ListNode(IReadOnlyList<(ShellNode Command, bool Background)> Items) : ShellNode;

internal sealed record IfNode(ShellNode Condition, ShellNode Then, ShellNode? Else) : ShellNode;

internal sealed record ForNode(string Variable, IReadOnlyList<ShellWord> Words, ShellNode Body) : ShellNode;

internal sealed record WhileNode(ShellNode Condition, ShellNode Body, bool Until) : ShellNode;

/// <summary>case: the first branch with a pattern that the word matches is run.</summary>
internal sealed record CaseNode(ShellWord Word, IReadOnlyList<(IReadOnlyList<ShellWord> Patterns, ShellNode Body)> Branches) : ShellNode;

internal sealed record FunctionNode(string Name, ShellNode Body) : ShellNode;

/// <summary>Text that is no command of the emulated shell.</summary>
internal sealed class ShellSyntaxException : Exception
{
    public ShellSyntaxException(string message) : base(message) { }
}

/// <summary>Something that ends a shell with status 2, as POSIX has it for its own errors (XCU 2.8.1).</summary>
internal sealed class ShellFatalException : Exception
{
    public ShellFatalException(string message) : base(message) { }
}

/// <summary>The time that <c>timeout</c> gave is over.</summary>
internal sealed class ShellTimeoutException : Exception
{
}
