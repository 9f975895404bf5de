using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Reads the payload of an API token for a name to show. Nothing is decided by it: a token is whatever the server takes it for.</summary>
internal static class VeloCloudToken
{
    private const int LongestName = 128;
    private const string Nobody = "token";

    /// <summary>The user that the token names, else a part of the token's own id; "token" where it is no JSON web token, or tells neither.</summary>
    public static string UserOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[1]) is not { } payload)
        {
            return Nobody;
        }

        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return Nobody;
            }

            return First(document.RootElement, VeloCloudAssumptions.TokenUserClaims)
                ?? (First(document.RootElement, VeloCloudAssumptions.TokenIdClaims) is { } id ? $"{Nobody}-{id[..Math.Min(8, id.Length)]}" : Nobody);
        }
        catch (JsonException)
        {
            // There is nothing to show.
            return Nobody;
        }
    }

    private static string? First(JsonElement payload, string[] claims)
    {
        foreach (var claim in claims)
        {
            if (payload.TryGetProperty(claim, out var value) && value.ValueKind is JsonValueKind.String
                && JsonText.Of(value).Trim() is { Length: > 0 and <= LongestName } text && !text.Any(char.IsControl))
            {
                return text;
            }
        }

        return null;
    }

    private static byte[]? Decode(string base64Url)
    {
        var text = base64Url.Replace('-', '+').Replace('_', '/');
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), buffer, out var length) ? buffer[..length] : null;
    }
}
