using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Changes the value of a system property. For operators. The question shows the old and the new value; secrets are shown nowhere.</summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudSystemProperty", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Value")]
[OutputType(typeof(VeloCloudSystemProperty))]
public sealed class SetVeloCloudSystemPropertyCommand : ChangingCmdlet<VeloCloudSession>
{
    private const int ShownText = 200;

    /// <summary>The name, exactly.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VeloCloudSystemPropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The new value.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Value")]
    [AllowEmptyString]
    [ValidateNotNull]
    public string? Value { get; set; }

    /// <summary>The new value of a property that is a secret.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Secret")]
    [ValidateNotNull]
    public SecureString? Secret { get; set; }

    /// <summary>Returns the property as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var session = Session();
        var client = new VeloCloudClient(session, RequestObserver);
        CurrentTarget = Name;
        if (Await(token => client.GetSystemPropertyAsync(Name, token)) is not { } present)
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), Name, "system property", "Get-VeloCloudSystemProperty lists them; Invoke-VeloCloudMethod systemProperty/insertSystemProperty makes one"));
            return;
        }

        if (present.IsReadOnly is true)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.WrongState, $"System property '{present.Name}' is read only. Nothing was sent.");
        }

        if (present.IsSecret && Secret is null)
        {
            WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Value), "***", $"'{present.Name}' is a secret: give it as -Secret, a SecureString, so that it stands in no history and no log."));
            return;
        }

        var wanted = Value ?? SecretText.Reveal(Secret!);
        if (Wanted(present.DataType, wanted) is { } shape)
        {
            WriteError(ErrorRecords.BadParameter(ErrorPrefix, Value is null ? nameof(Secret) : nameof(Value), Value ?? "***", $"'{present.Name}' is of type {present.DataType}: {shape} is needed."));
            return;
        }

        // A secret that the server does not tell may be the same and may be another one.
        if (!present.IsSecret && string.Equals(present.CurrentValue, wanted, StringComparison.Ordinal))
        {
            WriteVerbose($"System property '{present.Name}' has this value already.");
        }
        else if (ShouldProcess($"system property '{present.Name}' at {session.Server.Authority}", $"Change {Shown(present.IsSecret ? "***" : present.Value)} to {Shown(Secret is null ? Value : "***")}"))
        {
            using var hidden = Secret is null ? null : session.Redactor.AddFor(wanted);
            Await(token => client.SetSystemPropertyAsync(present.Name, wanted, token));
        }
        else
        {
            return;
        }

        if (PassThru)
        {
            WriteObject(Await(token => client.GetSystemPropertyAsync(present.Name, token)));
        }
    }

    // What a value of a known type looks like; null where it does, or the type is not known.
    private static string? Wanted(string? type, string value)
    {
        switch (type?.ToUpperInvariant())
        {
            case "BOOLEAN" when value is not ("true" or "false"):
                return "true or false";
            case "NUMBER" when !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _):
                return "a number";
            case "JSON":
                try
                {
                    using var document = JsonDocument.Parse(value);
                    return null;
                }
                catch (JsonException)
                {
                    return "a JSON text";
                }

            default:
                return null;
        }
    }

    private static string Shown(string? value)
    {
        var text = string.Concat((value ?? string.Empty).Select(c => char.IsControl(c) ? ' ' : c));
        return $"'{(text.Length > ShownText ? text[..ShownText] + "…" : text)}'";
    }
}
