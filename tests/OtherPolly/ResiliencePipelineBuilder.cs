namespace Polly;

/// <summary>Carries the name of a type that the resilience layer uses: whoever gets this one got the wrong Polly.</summary>
public sealed class ResiliencePipelineBuilder
{
    /// <summary>Always fails.</summary>
    public ResiliencePipelineBuilder() => throw new InvalidOperationException("This is another module's Polly.");
}
