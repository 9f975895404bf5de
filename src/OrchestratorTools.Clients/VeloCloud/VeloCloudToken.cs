using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Reads the payload of an API token for a name to show. Nothing is decided by it: a token is whatever the server takes it for.</summary>
internal static class VeloCloudToken
{
    private const int LongestName = 128;

    /// <summary>The user that the token names; null where it names none, or is no JSON web token.</summary>
    public static string? UserOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[1]) is not { } payload)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return null;
            }

            foreach (var claim in VeloCloudAssumptions.TokenUserClaims)
            {
                if (document.RootElement.TryGetProperty(claim, out var value) && value.ValueKind is JsonValueKind.String
                    && JsonText.Of(value).Trim() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl))
                {
                    return name;
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON: there is nothing to show.
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
