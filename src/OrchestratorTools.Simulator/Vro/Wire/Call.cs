using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrchestratorTools.Simulator.Vro.Accounts;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>One request, read: what the handlers see of it.</summary>
internal sealed class Call
{
    /// <summary>The version in the path; empty for the token's own paths.</summary>
    public required string Version { get; init; }

    /// <summary>The values of the path's placeholders.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>The query.</summary>
    public required IQueryCollection Query { get; init; }

    /// <summary>The body's media type without its parameters, or empty.</summary>
    public required string MediaType { get; init; }

    /// <summary>The body as text.</summary>
    public required string Body { get; init; }

    /// <summary>The bearer token that came with it, or null.</summary>
    public string? Bearer { get; init; }

    /// <summary>The simulated time of the request.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The account behind the bearer token; null on paths that need none.</summary>
    public Account? Caller { get; set; }

    /// <summary>The account; only for handlers behind a bearer token.</summary>
    public Account Account => Caller ?? throw Refusal.Unauthorized();

    /// <summary>An id in the path. Anything but a UUID is refused as the framework's own binding does it.</summary>
    public Guid Id(string name)
        => Guid.TryParse(Values[name], out var id) ? id : throw Refusal.BadRequest($"The value '{Values[name]}' is not valid for {name}.");

    /// <summary>A whole number of the query, not negative; null where it is absent.</summary>
    public int? Count(string name)
    {
        var text = (string?)Query[name];
        if (string.IsNullOrEmpty(text))
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : throw Refusal.BadRequest($"The value '{text}' is not valid for {name}.");
    }

    /// <summary>A truth value of the query; false where it is absent.</summary>
    public bool Flag(string name)
    {
        var text = (string?)Query[name];
        if (string.IsNullOrEmpty(text))
            return false;
        return bool.TryParse(text, out var value) ? value : throw Refusal.BadRequest($"The value '{text}' is not valid for {name}.");
    }

    /// <summary>The JSON body. <paramref name="required"/>: whether its absence is refused.</summary>
    public JsonBody Json(bool required)
    {
        if (Body.Length == 0)
            return required ? throw Refusal.BadRequest("The request body is missing.") : default;
        if (!MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) && !MediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase))
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, "The request entity's media type is not supported for this resource.");
        try
        {
            using var document = JsonDocument.Parse(Body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
                return new JsonBody(root.Clone());
            if (root.ValueKind == JsonValueKind.Null && !required)
                return default;
        }
        catch (JsonException e)
        {
            throw Refusal.BadRequest($"The request body is not JSON: {e.Message}");
        }

        throw Refusal.BadRequest("The request body must be a JSON object.");
    }
}
