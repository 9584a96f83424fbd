using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Linux;

public class SourcedInterfacesTests
{
    [Fact]
    public void The_names_are_those_of_every_source_line_below_the_folder_of_the_file() => Assert.Equal(
        "/a/*.cfg\n/b\n/etc/network/interfaces.d/*\n/etc/network/x.d/*\n",
        SourcedInterfaces.NamesIn(InterfacesFile.Parse("source /a/*.cfg \\\n  /b\n# source /c\nrename eth0=lan\nsource\niface x\n mtu 1500\n source-directory interfaces.d\nsource x.d/*\n")));

    [Theory]
    [InlineData("bond0", "/d/a")]
    [InlineData("bond1", "/d/b")]
    [InlineData("bond2", null)]
    [InlineData("bond", null)]
    public void A_stanza_is_found_in_its_file(string name, string? path) => Assert.Equal(
        path,
        SourcedInterfaces.FileWith("\n\n# cat /d/a\nauto bond2\n iface  bond0 inet manual\n\tup x \\\n\n# cat /d/b\nnonsense\niface bond1\n# iface bond2\n", name));
}
