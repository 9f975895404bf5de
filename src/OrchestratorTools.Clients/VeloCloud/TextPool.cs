using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Gives the same string for the same text: the states, models and versions of twenty thousand edges are a few dozen texts. For one listing, one thread.</summary>
internal sealed class TextPool
{
    private const int Slots = 256;
    private const int LongestText = 64;
    private readonly string?[] _texts = new string?[Slots];

    /// <summary>The reader's text.</summary>
    public string Get(ref Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan;
        if (bytes.IsEmpty)
        {
            return string.Empty;
        }

        if (reader.ValueIsEscaped || bytes.Length > LongestText)
        {
            return JsonText.Of(ref reader);
        }

        var hash = new HashCode();
        hash.AddBytes(bytes);
        ref var slot = ref _texts[(uint)hash.ToHashCode() % Slots];
        if (slot is not null && Ascii.Equals(bytes, slot))
        {
            return slot;
        }

        return slot = JsonText.Of(ref reader);
    }
}
