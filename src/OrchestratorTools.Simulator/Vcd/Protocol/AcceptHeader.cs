using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Reads the version from Accept: <c>application/*+xml;version=X</c>, or <c>application/json;version=X</c> for cloudapi (facts/vcd.md, "Versions").</summary>
internal static class AcceptHeader
{
    /// <summary>The version that is asked for.</summary>
    /// <exception cref="VcdException">406: none is asked for, or one that is not offered. The sentence lists the offered ones, as users have seen it.</exception>
    public static ApiVersion Read(VcdCall call)
    {
        var json = call.IsCloudApi;
        _ = MediaTypeHeaderValue.TryParseList(call.Request.Headers.Accept, out var accepted);
        var asked = (accepted ?? []).Where(m => Fits(m, json)).Select(VersionOf).FirstOrDefault(v => v is not null);
        var offered = call.Settings.Versions.FirstOrDefault(v => string.Equals(v.Version.Text, asked, StringComparison.Ordinal));
        if (offered is not null) return offered.Version;

        var reason = asked is null ? "Invalid API version requested." : $"Unknown API version: {asked}.";
        var versions = string.Join(", ", call.Settings.Versions.OrderByDescending(v => v.Version));
        throw new VcdException(
            StatusCodes.Status406NotAcceptable,
            "NOT_ACCEPTABLE",
            $"The request has invalid accept header: {reason} Supported API versions are: [{versions}] ([D] indicates deprecated versions)");
    }

    private static bool Fits(MediaTypeHeaderValue type, bool json)
        => type.MatchesAllTypes
            || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
                && (type.SubType.Equals("*", StringComparison.Ordinal) || type.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase) == json)
                && (json || type.SubType.Equals("*", StringComparison.Ordinal) || type.Suffix.Equals("xml", StringComparison.OrdinalIgnoreCase)));

    private static string? VersionOf(MediaTypeHeaderValue type)
        => type.Parameters.FirstOrDefault(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase)) is { } parameter ? HeaderUtilities.RemoveQuotes(parameter.Value).Value : null;
}
