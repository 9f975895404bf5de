using OrchestratorTools.Simulator.Vro.Accounts;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>One operation of the API: where it is, who may call it, what answers.</summary>
internal sealed class Route
{
    private readonly string[] _segments;
    private readonly string[] _absentIn;

    private Route(string method, string path, bool versioned, Rights? rights, Func<Call, Answer> handle, string[] onlyIn, string[] absentIn)
    {
        Method = method;
        Versioned = versioned;
        Rights = rights;
        Handle = handle;
        OnlyIn = onlyIn;
        _absentIn = absentIn;
        _segments = path.Split('/');
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>Whether the path stands below <c>/api/VERSION</c>; otherwise below the root.</summary>
    public bool Versioned { get; }

    /// <summary>What the account needs; null where no bearer token is asked for.</summary>
    public Rights? Rights { get; }

    /// <summary>Answers it.</summary>
    public Func<Call, Answer> Handle { get; }

    private string[] OnlyIn { get; }

    /// <summary>
    /// An operation below <c>/api/VERSION/</c>. <paramref name="onlyIn"/> and <paramref name="absentIn"/> are beginnings of versions (<c>v13</c> stands for
    /// 13.1 too).
    /// </summary>
    public static Route Api(string method, string path, Rights? rights, Func<Call, Answer> handle, string[]? onlyIn = null, string[]? absentIn = null)
        => new(method, path, versioned: true, rights, handle, onlyIn ?? [], absentIn ?? []);

    /// <summary>An operation below the root.</summary>
    public static Route Root(string method, string path, Rights? rights, Func<Call, Answer> handle)
        => new(method, path, versioned: false, rights, handle, [], []);

    /// <summary>Whether the version has this operation.</summary>
    public bool IsIn(string version)
        => (OnlyIn.Length == 0 || Array.Exists(OnlyIn, v => Begins(version, v))) && !Array.Exists(_absentIn, v => Begins(version, v));

    /// <summary>The placeholders' values where the path is this operation's (letter case does not count); otherwise null.</summary>
    public Dictionary<string, string>? Match(ReadOnlySpan<string> path)
    {
        if (path.Length != _segments.Length)
            return null;
        for (var i = 0; i < path.Length; i++)
        {
            if (_segments[i][0] != '{' && !_segments[i].Equals(path[i], StringComparison.OrdinalIgnoreCase))
                return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < path.Length; i++)
        {
            if (_segments[i][0] == '{')
                values.Add(_segments[i][1..^1], path[i]);
        }

        return values;
    }

    private static bool Begins(string version, string beginning)
        => version.Equals(beginning, StringComparison.OrdinalIgnoreCase) || version.StartsWith(beginning + ".", StringComparison.OrdinalIgnoreCase);
}
