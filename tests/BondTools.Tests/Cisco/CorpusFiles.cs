using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace BondTools.Tests.Cisco;

/// <summary>The outputs of a folder of the corpus with the values that others expect.</summary>
internal static class CorpusFiles
{
    /// <summary>All outputs that have expected values; skips the test where there is no corpus.</summary>
    public static IEnumerable<(string File, string Raw, JsonElement Json)> Samples(string folder)
    {
        foreach (var raw in Directory.GetFiles(Corpus.Require(folder), "*.raw").Order(StringComparer.Ordinal))
        {
            var json = Path.ChangeExtension(raw, ".json");
            if (!File.Exists(json))
                continue;
            using var document = JsonDocument.Parse(File.ReadAllText(json));
            yield return (Path.GetFileName(folder) + "/" + Path.GetFileName(raw), File.ReadAllText(raw), document.RootElement.Clone());
        }
    }

    /// <summary>A text that must be there.</summary>
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>A number that must be there.</summary>
    public static int? Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
