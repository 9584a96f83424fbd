using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BondTools.Shell.StandIns;

/// <summary>Gives objects as JSON.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions OnOneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<PSObject?> _items = [];

    /// <summary>The objects.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How deep to go; what lies deeper is given as text.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    /// <summary>Leaves the line breaks out.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Gives enumerations by name.</summary>
    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    /// <summary>Gives an array even for one object.</summary>
    [Parameter]
    public SwitchParameter AsArray { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _items.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var node = _items.Count == 1 && !AsArray ? ToNode(_items[0], Depth) : ToNode(_items, Depth + 1);
        WriteObject(node is null ? "null" : node.ToJsonString(Compress ? OnOneLine : Indented));
    }

    private JsonNode? ToNode(object? value, int depth)
    {
        var plain = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null:
                return null;
            case string or char or Guid or Uri or Version:
                return JsonValue.Create(plain.ToString());
            case bool flag:
                return JsonValue.Create(flag);
            case Enum named:
                return EnumsAsStrings ? JsonValue.Create(named.ToString()) : JsonValue.Create(Convert.ToInt64(named, CultureInfo.InvariantCulture));
            case DateTime or DateTimeOffset or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal:
                return JsonSerializer.SerializeToNode(plain, plain.GetType());
        }
        if (depth < 0)
            return JsonValue.Create(LanguagePrimitives.ConvertTo<string>(plain));
        if (plain is IDictionary table)
        {
            var entries = new JsonObject();
            foreach (DictionaryEntry entry in table)
                entries[entry.Key.ToString()!] = ToNode(entry.Value, depth - 1);
            return entries;
        }
        if (plain is IEnumerable values)
            return new JsonArray([.. values.Cast<object?>().Select(item => ToNode(item, depth - 1))]);
        var properties = new JsonObject();
        foreach (var property in PSObject.AsPSObject(plain).Properties)
        {
            if (property.IsGettable)
                properties[property.Name] = ToNode(ValueOf(property), depth - 1);
        }
        return properties;
    }

    // A getter that fails says nothing about the others; the real command leaves it null too.
    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}

/// <summary>Keeps objects in a file.</summary>
[Cmdlet(VerbsData.Export, "Clixml", SupportsShouldProcess = true)]
public sealed class ExportClixmlCommand : PSCmdlet
{
    private readonly List<PSObject?> _items = [];

    /// <summary>The file; what is in it is replaced.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string Path { get; set; } = "";

    /// <summary>The objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _items.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var file = GetUnresolvedProviderPathFromPSPath(Path);
        if (ShouldProcess(file, "Export-Clixml"))
            File.WriteAllText(file, PSSerializer.Serialize(_items.Count == 1 ? _items[0] : _items.ToArray(), 2));
    }
}

/// <summary>Brings objects back from a file.</summary>
[Cmdlet(VerbsData.Import, "Clixml")]
public sealed class ImportClixmlCommand : PSCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(PSSerializer.Deserialize(File.ReadAllText(GetUnresolvedProviderPathFromPSPath(Path))), enumerateCollection: true);
}
