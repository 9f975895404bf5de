using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <content>The Orchestrator itself: its version and its system properties (operators).</content>
public sealed partial class VeloCloudClient
{
    /// <summary>The Orchestrator's version.</summary>
    public async Task<VeloCloudSystemInfo> GetSystemInfoAsync(CancellationToken cancellationToken)
        => await ReadOneAsync("system/getVersionInfo", static _ => { }, e => new VeloCloudSystemInfo(e), cancellationToken).ConfigureAwait(false)
            ?? throw session.Error(OrchestratorErrorKind.Protocol, $"{session.Server.Authority} does not tell its version.");

    /// <summary>The system properties.</summary>
    /// <param name="group">Only those of a group, the beginning of their names; null: all.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<VeloCloudSystemProperty> GetSystemPropertiesAsync(string? group, CancellationToken cancellationToken)
        => ReadListAsync("systemProperty/getSystemProperties", writer => WriteText(writer, "group", group), e => new VeloCloudSystemProperty(e), cancellationToken);

    /// <summary>One system property; null where there is none of that name.</summary>
    public async Task<VeloCloudSystemProperty?> GetSystemPropertyAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOneAsync("systemProperty/getSystemProperty", writer => writer.WriteString("name", name), e => new VeloCloudSystemProperty(e), cancellationToken).ConfigureAwait(false) is { Name.Length: > 0 } found ? found : null;
        }
        catch (OrchestratorApiException e) when (IsNotFound(e))
        {
            observer.Verbose(e.Message);
            return null;
        }
    }

    /// <summary>Changes a system property's value, once. The value is shown nowhere.</summary>
    public async Task SetSystemPropertyAsync(string name, string value, CancellationToken cancellationToken)
        => await ChangeAsync(
            "systemProperty/updateSystemProperty",
            writer =>
            {
                writer.WriteString("name", name);
                writer.WriteStartObject("_update");
                writer.WriteString("value", value);
                writer.WriteEndObject();
            },
            $"Get-VeloCloudSystemProperty '{name}' shows the value.",
            cancellationToken).ConfigureAwait(false);
}
