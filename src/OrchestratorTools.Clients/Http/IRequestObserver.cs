namespace OrchestratorTools.Clients.Http;

/// <summary>Hears what the HTTP pipeline does. Called from any thread; texts hold no secrets.</summary>
public interface IRequestObserver
{
    /// <summary>True when <see cref="Debug"/> is listened to: headers and bodies are collected only then.</summary>
    bool WantsDebug { get; }

    /// <summary>One line a request.</summary>
    void Verbose(string line);

    /// <summary>Headers and bodies.</summary>
    void Debug(string text);

    /// <summary>Something that the user should know although the work goes on.</summary>
    void Warning(string text);
}

/// <summary>Hears nothing.</summary>
public sealed class SilentObserver : IRequestObserver
{
    /// <summary>The one instance.</summary>
    public static readonly SilentObserver Instance = new();

    private SilentObserver()
    {
    }

    /// <inheritdoc/>
    public bool WantsDebug => false;

    /// <inheritdoc/>
    public void Verbose(string line)
    {
    }

    /// <inheritdoc/>
    public void Debug(string text)
    {
    }

    /// <inheritdoc/>
    public void Warning(string text)
    {
    }
}
