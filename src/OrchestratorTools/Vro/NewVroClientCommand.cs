using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Makes a client account. The server tells its secret once: it is returned as a SecureString, or written to a file that only this user can read.</summary>
[Cmdlet(VerbsCommon.New, "VroClient", SupportsShouldProcess = true)]
[OutputType(typeof(VroClientAccount))]
public sealed class NewVroClientCommand : ChangingCmdlet<VroSession>
{
    /// <summary>A file for the id and the secret, as JSON; it must not exist yet.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Replaces the file where it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Force && OutFile is null)
        {
            ThrowBadParameter(nameof(Force), true, "it means something only with -OutFile.");
        }

        var session = Session();
        var client = new VroClient(session, RequestObserver);
        if (!ShouldProcess(session.Server.Authority, "Make a client account"))
        {
            return;
        }

        if (OutFile is null)
        {
            WriteObject(Await(client.CreateClientAsync));
            return;
        }

        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(OutFile);

        // The file comes first: a secret that was told and cannot be kept is lost.
        SecretFile file;
        try
        {
            file = SecretFile.Create(path, Force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowBadParameter(nameof(OutFile), path, $"it cannot be written: {e.Message} No account was made.");
            throw;
        }

        using (file)
        {
            Write(client, file);
        }
    }

    private void Write(VroClient client, SecretFile file)
    {
        var made = Await(client.CreateClientAsync);
        var secret = made.Secret!;
        try
        {
            file.Write(JsonObjects.ToElement(new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["server"] = client.Session.Server.AbsoluteUri,
                ["clientId"] = made.Id,
                ["clientSecret"] = SecretText.Reveal(secret),
            }));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteWarning($"'{file.Path}' could not be written ({e.Message}): the secret of client account {made.Id} is in the returned object, and nowhere else.");
            WriteObject(made);
            return;
        }

        (made.Secret, made.SecretFile) = (null, file.Path);
        WriteObject(made);
    }
}
