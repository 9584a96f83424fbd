using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace BondTools.Module.Cmdlets;

/// <summary>Makes one list of arguments that are lists themselves: Windows PowerShell gives those that remain so, with or without commas.</summary>
internal sealed class FlattenAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var items = new List<object>();
        Add(inputData);
        return items.ToArray();

        void Add(object value)
        {
            if ((value is PSObject wrapped ? wrapped.BaseObject : value) is IList list)
            {
                foreach (var item in list)
                    Add(item);
            }
            else
            {
                items.Add(value);
            }
        }
    }
}
