using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What APIv2 answers: a status, a body that may be written item by item, and where to go on.</summary>
internal sealed record V2Answer(int Status, Answer? Body, string? Location = null)
{
    /// <summary>Deleted: nothing to say.</summary>
    public static V2Answer NoContent { get; } = new(StatusCodes.Status204NoContent, Body: null);

    public static V2Answer Ok(JsonNode body) => new(StatusCodes.Status200OK, Answer.Of(body));

    public static V2Answer Created(JsonNode body, string location) => new(StatusCodes.Status201Created, Answer.Of(body), location);

    /// <summary>Under way: the location tells how far it is.</summary>
    public static V2Answer Accepted(JsonNode body, string location) => new(StatusCodes.Status202Accepted, Answer.Of(body), location);

    /// <summary>A list without pages.</summary>
    public static V2Answer List(IEnumerable<JsonNode> items) => new(StatusCodes.Status200OK, Answer.List(items));

    /// <summary>A page of a list.</summary>
    public static V2Answer Page(string href, IEnumerable<JsonNode> items, JsonObject metaData)
        => new(StatusCodes.Status200OK, Answer.Page(JsonSerializer.SerializeToUtf8Bytes(href), items, metaData));
}
