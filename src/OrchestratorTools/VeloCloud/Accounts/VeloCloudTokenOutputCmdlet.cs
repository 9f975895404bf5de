using System.Globalization;
using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;
using OrchestratorTools.Vro;

namespace OrchestratorTools.VeloCloud;

/// <summary>The base of the cmdlets that get a token once: as a SecureString, or written to a file that only this user can read.</summary>
public abstract class VeloCloudTokenOutputCmdlet : ChangingCmdlet<VeloCloudSession>
{
    /// <summary>A file for the token, as JSON; it must not exist yet.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Replaces the file where it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Force && OutFile is null)
        {
            ThrowBadParameter(nameof(Force), true, "it means something only with -OutFile.");
        }
    }

    /// <summary>The file comes first: a token that was given out and cannot be kept is lost. Null where none is wanted.</summary>
    private protected SecretFile? OpenFile()
    {
        if (OutFile is null)
        {
            return null;
        }

        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(OutFile);
        try
        {
            return SecretFile.Create(path, Force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowBadParameter(nameof(OutFile), path, $"it cannot be written: {e.Message} Nothing was sent.");
            throw;
        }
    }

    /// <summary>Puts the token into the file, or on the object.</summary>
    private protected void Keep(VeloCloudApiToken made, SecureString token, SecretFile? file, Uri server)
    {
        made.Token = token;
        if (file is not null)
        {
            var content = new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["server"] = server.AbsoluteUri,
                ["token"] = SecretText.Reveal(token),
            };
            if (made.Id > 0)
            {
                (content["id"], content["name"]) = (made.Id, made.Name);
            }

            try
            {
                file.Write(JsonObjects.ToElement(content));
                (made.Token, made.TokenFile) = (null, file.Path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                WriteWarning(string.Create(CultureInfo.InvariantCulture, $"'{file.Path}' could not be written ({e.Message}): the token is in the returned object, and nowhere else."));
            }
        }

        WriteObject(made);
    }
}
