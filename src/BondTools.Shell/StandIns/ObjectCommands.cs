using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace BondTools.Shell.StandIns;

/// <summary>What the stand-ins share that take objects from the pipeline.</summary>
public abstract class ObjectCommand : PSCmdlet
{
    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The properties to look at: names, script blocks or @{Name=…; Expression=…}.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }
}

/// <summary>Picks objects and properties.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : ObjectCommand
{
    private readonly Queue<PSObject> _last = new();
    private readonly List<PSObject> _seen = [];
    private PropertySelector[] _selectors = [];
    private int _count;

    /// <summary>Writes the values of this property instead of the objects.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>Passes only so many from the start.</summary>
    [Parameter]
    public int? First { get; set; }

    /// <summary>Passes only so many from the end.</summary>
    [Parameter]
    public int? Last { get; set; }

    /// <summary>Leaves out so many from the start.</summary>
    [Parameter]
    public int Skip { get; set; }

    /// <summary>Leaves out what was there before.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _selectors = PropertySelector.Of(Property);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || ++_count <= Skip)
            return;
        if (Last is { } last)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > last)
                _last.Dequeue();
        }
        else if (First is not { } first || _count - Skip <= first)
        {
            Pick(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var item in _last)
            Pick(item);
    }

    private void Pick(PSObject item)
    {
        if (ExpandProperty is not null)
        {
            if (item.Properties[ExpandProperty] is { } property)
                WriteObject(property.Value, enumerateCollection: true);
            else
                WriteError(new ErrorRecord(new PSArgumentException($"There is no property '{ExpandProperty}'."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
            return;
        }

        var picked = item;
        if (_selectors.Length > 0)
        {
            picked = new PSObject();
            picked.TypeNames.Insert(0, "Selected." + item.TypeNames[0]);
            foreach (var (name, value) in _selectors.SelectMany(selector => selector.Expand(item)))
                picked.Properties.Add(new PSNoteProperty(name, value));
        }
        if (Unique)
        {
            if (_seen.Any(seen => Same(seen, picked)))
                return;
            _seen.Add(picked);
        }
        WriteObject(picked);
    }

    private static bool Same(PSObject left, PSObject right) => left.BaseObject is PSCustomObject
        ? left.Properties.Select(property => property.Value?.ToString()).SequenceEqual(right.Properties.Select(property => property.Value?.ToString()))
        : LanguagePrimitives.Equals(left, right);
}

/// <summary>Sorts objects; those that compare equal keep their order.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : ObjectCommand
{
    private readonly List<PSObject> _items = [];

    /// <summary>The largest first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _items.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var order = Comparer<object?>.Create((left, right) => LanguagePrimitives.TryCompare(left, right, true, CultureInfo.InvariantCulture, out var result)
            ? result
            : string.Compare(left?.ToString(), right?.ToString(), StringComparison.OrdinalIgnoreCase));
        // Sorting by the last property first leaves the first property in charge, for the sort is stable.
        IEnumerable<PSObject> sorted = _items;
        var keys = Property is null ? [item => item.BaseObject] : PropertySelector.Of(Property).Select(selector => (Func<PSObject, object?>)selector.ValueOf).Reverse();
        foreach (var key in keys)
            sorted = Descending ? sorted.OrderByDescending(key, order).ToList() : sorted.OrderBy(key, order).ToList();
        WriteObject(sorted, enumerateCollection: true);
    }
}

/// <summary>Counts objects and sums a property.</summary>
[Cmdlet("Measure", "Object")]
public sealed class MeasureObjectCommand : ObjectCommand
{
    private readonly List<double> _values = [];
    private int _count;

    /// <summary>Sums.</summary>
    [Parameter]
    public SwitchParameter Sum { get; set; }

    /// <summary>Takes the mean.</summary>
    [Parameter]
    public SwitchParameter Average { get; set; }

    /// <summary>Finds the smallest.</summary>
    [Parameter]
    public SwitchParameter Minimum { get; set; }

    /// <summary>Finds the largest.</summary>
    [Parameter]
    public SwitchParameter Maximum { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (Property is null)
            _count++;
        if ((Property is null ? InputObject : PropertySelector.Of(Property[0]).ValueOf(InputObject)) is not { } value)
            return;
        if (Property is not null)
            _count++;
        if (Sum || Average || Minimum || Maximum)
            _values.Add(LanguagePrimitives.ConvertTo<double>(value));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var result = new PSObject();
        void Add(string name, object? value) => result.Properties.Add(new PSNoteProperty(name, value));
        Add("Count", _count);
        if (Sum)
            Add("Sum", _values.Sum());
        if (Average)
            Add("Average", _values.Count > 0 ? _values.Average() : null);
        if (Minimum)
            Add("Minimum", _values.Count > 0 ? _values.Min() : null);
        if (Maximum)
            Add("Maximum", _values.Count > 0 ? _values.Max() : null);
        WriteObject(result);
    }
}

/// <summary>Makes an object: of a .NET type, or with the properties of a table.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    /// <summary>The type.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string TypeName { get; set; } = "";

    /// <summary>The constructor's arguments.</summary>
    [Parameter(Position = 1)]
    public object[] ArgumentList { get; set; } = [];

    /// <summary>Properties to set.</summary>
    [Parameter]
    public IDictionary Property { get; set; } = new Hashtable();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var type = LanguagePrimitives.ConvertTo<Type>(TypeName);
        var plain = type == typeof(PSObject);
        var arguments = ArgumentList.Select(argument => argument is PSObject wrapped ? wrapped.BaseObject : argument).ToArray();
        var made = plain ? new PSObject() : PSObject.AsPSObject(Activator.CreateInstance(type, arguments)!);
        foreach (DictionaryEntry entry in Property)
        {
            if (plain)
                made.Properties.Add(new PSNoteProperty(entry.Key.ToString(), entry.Value));
            else
                made.Properties[entry.Key.ToString()].Value = entry.Value;
        }
        WriteObject(made);
    }
}
