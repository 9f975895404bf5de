using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.VeloCloud;

/// <summary>Names that several threads ask about; null takes all.</summary>
internal sealed class VeloCloudNameFilter(string parameter, string what, string[]? wanted)
{
    private readonly object _gate = new();
    private readonly VeloCloudNames _names = new(wanted);

    /// <summary>True where any name will do.</summary>
    public bool TakesAll => wanted is null;

    /// <summary>True when the name is asked for, or nothing in particular is.</summary>
    public bool Takes(string name)
    {
        lock (_gate)
        {
            return _names.Takes(name);
        }
    }

    /// <summary>Throws where a name that is no pattern was not seen.</summary>
    /// <param name="where">Where it should have been.</param>
    public void ThrowMissing(string where)
    {
        if (_names.Missing().FirstOrDefault() is { } missing)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-{parameter} '{missing}': there is no such {what} in {where}. Nothing was written.")
            {
                RecommendedAction = "Check the name.",
            };
        }
    }
}
