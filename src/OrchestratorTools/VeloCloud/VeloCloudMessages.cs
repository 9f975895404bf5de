using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>The errors that these cmdlets find by themselves.</summary>
internal static class VeloCloudMessages
{
    /// <summary>A name or id that matches nothing.</summary>
    public static ErrorRecord NotFound(string parameter, string value, string what, string advice)
        => ErrorRecords.From(new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-{parameter} '{value}': there is no such {what}, or the connection may not see it.") { RecommendedAction = advice + "." }, value);

    /// <summary>Several things where one is meant.</summary>
    public static OrchestratorApiException Ambiguous(string parameter, string value, string what, IEnumerable<string> candidates)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Ambiguous, $"-{parameter} '{value}' means several {what}: {string.Join(", ", candidates)}.") { RecommendedAction = "Give the id of the one that is meant." };

    /// <summary>An operator or partner that names no enterprise.</summary>
    public static OrchestratorApiException NoEnterprise(VeloCloudTier tier, string connection)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Validation, $"Connection '{connection}' is {(tier is VeloCloudTier.Operator ? "an operator's" : "a partner's")}: which enterprise is meant must be said.")
        {
            RecommendedAction = "Name one with -Enterprise, or pipe Get-VeloCloudEnterprise into this cmdlet.",
        };

    /// <summary>A change that says nothing.</summary>
    public static ErrorRecord NothingToChange(string command, string wanted)
        => new(new ArgumentException($"{command} was told nothing to change: {wanted} is needed."), "VeloCloud.BadParameter", ErrorCategory.InvalidArgument, null);

    /// <summary>Something that was there and is not any more.</summary>
    public static OrchestratorApiException Gone(string what)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"The {what} is not there any more, or the connection may not see it.");

    /// <summary>Something that APIv2 cannot name.</summary>
    public static OrchestratorApiException NoLogicalId(string what)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Protocol, $"The server gave no logical id of {what}, which APIv2 needs.");
}
