namespace OrchestratorTools.Simulator.Vro;

/// <summary>What the command <c>settings</c> can change while the server runs; it begins as <see cref="VroChoices"/> says.</summary>
internal sealed class VroSettings
{
    /// <summary>The API versions that the server answers to.</summary>
    public IReadOnlyList<string> Versions { get; set; } = VroChoices.Versions;

    /// <summary>The page when a list is asked for without <c>limit</c>.</summary>
    public int PageSize { get; set; } = VroChoices.DefaultPageSize;

    /// <summary>The largest page.</summary>
    public int MaximumPageSize { get; set; } = VroChoices.MaximumPageSize;

    /// <summary>The status of an action that does not fit the plan's state.</summary>
    public int WrongStateStatus { get; set; } = VroChoices.WrongStateStatus;

    /// <summary>Seconds of an access token.</summary>
    public int AccessTokenSeconds { get; set; } = VroChoices.AccessTokenSeconds;

    /// <summary>Seconds of a refresh token.</summary>
    public int RefreshTokenSeconds { get; set; } = VroChoices.RefreshTokenSeconds;

    /// <summary>The one shape of error bodies, or null: they take turns.</summary>
    public string? ErrorShape { get; set; }

    /// <summary>Whether emptied RuntimeDetails answer an empty object; otherwise 404.</summary>
    public bool EmptiedRuntimeIsAnEmptyObject { get; set; } = VroChoices.EmptiedRuntimeIsAnEmptyObject;

    /// <summary>What the zone-less dates are written in: the distance from UTC.</summary>
    public TimeSpan UtcOffset { get; set; } = VroChoices.UtcOffset;
}
