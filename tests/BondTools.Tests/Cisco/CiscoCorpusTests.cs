using System;
using System.Globalization;
using System.IO;
using System.Linq;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

    [Theory]
    [InlineData("cisco/genie-ios/ShowLacpNeighbor/empty_output.raw")]
    [InlineData("cisco/genie-ios/ShowLacpSysId/empty_output.raw")]
    public void An_empty_output_is_an_error_and_never_a_guess(string file)
    {
        var text = File.ReadAllText(Corpus.Require(file));
        Assert.Throws<UnexpectedOutputException>(() => LacpNeighborParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => LacpSystemIdParser.Parse(text));
    }
}
