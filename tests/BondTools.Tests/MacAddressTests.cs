using System;
using System.Net.NetworkInformation;
using Xunit;

namespace BondTools.Tests;

public class MacAddressTests
{
    [Theory]
    [InlineData("08:00:27:04:dd:bd", "08:00:27:04:dd:bd")]
    [InlineData("08-00-27-04-DD-BD", "08:00:27:04:dd:bd")]
    [InlineData("0800.2704.ddbd", "08:00:27:04:dd:bd")]
    [InlineData("08002704DDBD", "08:00:27:04:dd:bd")]
    [InlineData("5e-2-0-1-0-7", "5e:02:00:01:00:07")]
    public void Reads_every_form_and_prints_the_kernels(string text, string expected)
    {
        var address = MacAddress.Parse(text);
        Assert.Equal(expected, address.ToString());
        Assert.Equal(PhysicalAddress.Parse(expected.Replace(":", "", StringComparison.Ordinal)), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("08:00:27:04:dd")]
    [InlineData("08:00:27:04:dd:bdd")]
    [InlineData("08:00:27:**:**:**")]
    [InlineData("0800.2704.ddb")]
    [InlineData("+8:00:27:04:dd:bd")]
    public void Refuses_what_is_no_address(string text)
    {
        Assert.False(MacAddress.TryParse(text, out _));
        Assert.Throws<FormatException>(() => MacAddress.Parse(text));
    }
}
