using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>An answer, before it is written.</summary>
internal sealed record VcdAnswer(int Status)
{
    public XElement? Xml { get; init; }

    /// <summary>The content type of <see cref="Xml"/>, without its version.</summary>
    public string? MediaType { get; init; }

    public JsonNode? Json { get; init; }

    /// <summary>What is no text: a picture.</summary>
    public byte[]? Bytes { get; init; }

    public string? Location { get; init; }

    public static VcdAnswer NoContent { get; } = new(StatusCodes.Status204NoContent);

    public static VcdAnswer Ok(XElement xml, string mediaType) => new(StatusCodes.Status200OK) { Xml = xml, MediaType = mediaType };

    public static VcdAnswer Ok(JsonNode json) => new(StatusCodes.Status200OK) { Json = json };

    /// <summary>201 with the new thing and where it is.</summary>
    public static VcdAnswer Created(XElement xml, string mediaType) => new(StatusCodes.Status201Created) { Xml = xml, MediaType = mediaType, Location = (string?)xml.Attribute("href") };

    /// <summary>202 with the task and where it is (facts/vcd.md, "Task").</summary>
    public static VcdAnswer Accepted(XElement task) => new(StatusCodes.Status202Accepted) { Xml = task, MediaType = MediaTypes.Task, Location = (string?)task.Attribute("href") };
}
