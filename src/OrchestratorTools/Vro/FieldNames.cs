using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Says which field of -Filter or -SortBy does not exist, and which do.</summary>
internal static class FieldNames
{
    /// <summary>True for errors that a field which does not exist may have caused.</summary>
    public static bool MayBeAboutFields(OrchestratorApiException e) => e.Kind is OrchestratorErrorKind.Validation or OrchestratorErrorKind.ServerError or OrchestratorErrorKind.WrongState;

    /// <summary>The error that names them; null where all fields exist, or where the server's cannot be learned.</summary>
    /// <param name="client">The way to the server.</param>
    /// <param name="path">The collection.</param>
    /// <param name="what">What its items are: "a plan".</param>
    /// <param name="filter">The filter.</param>
    /// <param name="sortBy">The field to sort by.</param>
    /// <param name="known">The fields that are known without asking.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<OrchestratorApiException?> ExplainAsync(VroClient client, string path, string what, JsonElement? filter, string? sortBy, IReadOnlyList<string> known, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> fields;
        try
        {
            fields = await client.ReadFieldNamesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException)
        {
            fields = [];
        }

        fields = fields.Count > 0 ? fields : known;
        if (fields.Count == 0)
        {
            return null;
        }

        var inFilter = VroFilter.Unknown(VroFilter.PropertiesOf(filter), fields);
        var (parameter, wrong) = inFilter.Count > 0 ? ("Filter", inFilter) : ("SortBy", VroFilter.Unknown(sortBy is null ? [] : [sortBy], fields));
        return wrong.Count == 0
            ? null
            : new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Validation, $"-{parameter}: {what} has no field {string.Join(", ", wrong.Select(w => $"'{w}'"))}; it has {string.Join(", ", fields)}.")
            {
                RecommendedAction = "Name one of these; members of an object are named with a dot.",
            };
    }
}
