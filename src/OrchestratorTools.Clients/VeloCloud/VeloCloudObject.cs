using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What the portal API returned: keeps the server's own text, so that a member this module does not know is not lost.</summary>
public abstract class VeloCloudObject : ServerObject
{
    private ReadOnlyMemory<byte> _json;
    private ReadOnlyDictionary<string, object?>? _rest;

    /// <summary>The members that have no property of their own, under the server's names (letter case aside). Secrets are not among them.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties
    {
        get
        {
            if (_rest is null)
            {
                using var document = Parse();
                _rest = VeloCloudJson.Rest(document.RootElement, KnownMembers);
            }

            return _rest;
        }
    }

    /// <summary>The members that have a property, and those that are secret.</summary>
    private protected abstract FrozenSet<string> KnownMembers { get; }

    /// <summary>The object as the server sent it, secrets such as activation keys included.</summary>
    public string ToJson() => Encoding.UTF8.GetString(_json.Span);

    /// <summary>By what it is known again within a list, when a page that broke off is asked for again; null: by nothing, and a list that breaks is an error.</summary>
    internal virtual object? ListKey
    {
        get
        {
            using var document = Parse();
            return document.RootElement.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.Number && id.TryGetInt64(out var number) ? number
                : document.RootElement.TryGetProperty("logicalId", out var logicalId) && logicalId.ValueKind is JsonValueKind.String ? JsonText.Of(logicalId)
                : document.RootElement.TryGetProperty("_href", out var href) && href.ValueKind is JsonValueKind.String ? JsonText.Of(href) : null;
        }
    }

    /// <summary>Keeps the server's text.</summary>
    internal void Keep(ReadOnlyMemory<byte> json) => _json = json;

    /// <summary>The server's text, parsed. The caller disposes it.</summary>
    private protected JsonDocument Parse() => JsonDocument.Parse(_json.IsEmpty ? "{}"u8.ToArray() : _json, VeloCloudJson.Options);

    /// <summary>Passes on where this came from, to something that came inside it.</summary>
    private protected T Adopt<T>(T part, JsonElement element)
        where T : VeloCloudObject
    {
        part.Keep(Encoding.UTF8.GetBytes(element.GetRawText()));
        part.Connection = Connection;
        part.Origin = Origin;
        return part;
    }
}
