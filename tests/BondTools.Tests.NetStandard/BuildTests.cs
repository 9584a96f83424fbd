using System;
using System.Reflection;
using System.Runtime.Versioning;
using BondTools.Lab;
using BondTools.Linux;
using BondTools.Module.Ios;
using Xunit;

namespace BondTools.Tests;

public class BuildTests
{
    [Theory]
    [InlineData(typeof(BondStatus))]
    [InlineData(typeof(BondLab))]
    [InlineData(typeof(IosTerminal))]
    public void What_is_tested_here_is_the_build_for_Windows_PowerShell(Type type) =>
        Assert.Equal(".NETStandard,Version=v2.0", type.Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
}
