using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Planning;

public class InterfaceNameTests
{
    [Theory]
    [InlineData("bond0")]
    [InlineData("abcdefghijklmno")]
    [InlineData("bond-data.10x")]
    [InlineData("ネット")]
    public void Takes_what_the_kernel_takes(string name) => Assert.Equal(name, InterfaceName.Validate(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("ネットワーク")]
    [InlineData("a/b")]
    [InlineData("eth0:1")]
    [InlineData("a b")]
    [InlineData("a\u00A0b")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void Refuses_what_the_kernel_refuses(string name) =>
        Assert.Equal(BondToolsErrorKind.InvalidConfiguration, Assert.Throws<BondToolsException>(() => InterfaceName.Validate(name)).Kind);

    [Fact]
    public void Takes_an_alias_where_it_may_stand() => Assert.Equal("eth0:1", InterfaceName.Validate("eth0:1", allowAlias: true));
}
