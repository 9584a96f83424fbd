using System;
using System.Management.Automation;

namespace BondTools.Module.Cmdlets;

/// <summary>Leaves a session on the pipeline to the parameter for sessions, where another takes objects of any type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NoSessionAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is BondSession or PSObject { BaseObject: BondSession }
            ? throw new ArgumentTransformationMetadataException("A session is no flow.")
            : inputData;
}
