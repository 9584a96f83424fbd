namespace BondTools.Linux;

/// <summary>A name with its value as text, for what a record has no property for.</summary>
public sealed record NamedValue
{
    /// <summary>The name as it was spelt.</summary>
    public required string Name { get; init; }

    /// <summary>The value as it was spelt, without surrounding blanks; may be empty.</summary>
    public required string Value { get; init; }

    /// <summary>The line it was read from, from 1; 0 when it was read from no text.</summary>
    public int LineNumber { get; init; }

    /// <summary>The name and the value, with a blank between.</summary>
    public override string ToString() => Value.Length == 0 ? Name : Name + " " + Value;
}
