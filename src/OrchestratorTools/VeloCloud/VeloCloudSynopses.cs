using System.Collections.Frozen;
using System.Xml;

namespace OrchestratorTools.VeloCloud;

/// <summary>The synopses of the cmdlets, from the module's own help: read when the first one is asked for.</summary>
internal static class VeloCloudSynopses
{
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly Lazy<FrozenDictionary<string, string>> All = new(Read);

    /// <summary>The synopsis of a cmdlet; null where the help does not have it.</summary>
    public static string? Of(string cmdlet) => All.Value.GetValueOrDefault(cmdlet);

    private static FrozenDictionary<string, string> Read()
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var file = Path.Combine(Path.GetDirectoryName(typeof(VeloCloudSynopses).Assembly.Location)!, "en-US", "OrchestratorTools.dll-Help.xml");
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.ReadToFollowing("details", Command))
            {
                using var details = reader.ReadSubtree();
                string? name = null;
                if (details.ReadToFollowing("name", Command))
                {
                    name = details.ReadElementContentAsString().Trim();
                }

                if (name is not null && (details.LocalName is "description" || details.ReadToFollowing("description", Maml)) && details.ReadToFollowing("para", Maml))
                {
                    found.TryAdd(name, details.ReadElementContentAsString().Trim());
                }
            }
        }
        catch (Exception e) when (e is IOException or XmlException or UnauthorizedAccessException)
        {
            // Without help there are no descriptions; the table is there all the same.
        }

        return found.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
