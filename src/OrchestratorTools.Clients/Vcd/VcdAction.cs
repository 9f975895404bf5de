namespace OrchestratorTools.Clients.Vcd;

/// <summary>Something that can be done with a vApp, a virtual machine or a disk, where the entity has a link for it (facts/vcd.md: links say what is allowed; hrefs are opaque).</summary>
/// <param name="Rel">The relation of the link: <c>power:powerOn</c>, <c>snapshot:create</c>, …</param>
/// <param name="Title">What is done, as it begins a sentence: "Powering on".</param>
internal sealed record VcdAction(string Rel, string Title)
{
    /// <summary>The media type of the body; null where there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>What to do where the state does not allow it, as a sentence.</summary>
    public string? Hint { get; init; }
}
