namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>A configuration profile of an enterprise, in the shape of <c>enterprise/getEnterpriseConfigurations</c>.</summary>
internal sealed class Profile : ServerRecord
{
    private static readonly string[] Names = ["Quick Start Profile", "Branches", "Hubs & \"Data Centers\""];

    private readonly DateTimeOffset _now;
    private readonly int _number;

    private Profile(Enterprise enterprise, int number, DateTimeOffset now)
    {
        _now = now;
        _number = number;
        Id = (enterprise.Id * 10) + number + 1;
    }

    public int Id { get; }

    public string Name => Names[_number];

    /// <summary>The profiles that every enterprise has.</summary>
    public static IReadOnlyList<Profile> All(Enterprise enterprise, DateTimeOffset now) => [.. Names.Select((_, i) => new Profile(enterprise, i, now))];

    /// <inheritdoc/>
    protected override void Write(MemberWriter members)
    {
        members.Number("id", Id);
        members.Text("created", VeloTime.Text(_now.AddDays(-500)));
        members.Text("name", Name);
        members.Text("logicalId", Invented.LogicalId("configuration", Id));
        members.Text("version", "0");
        members.Text("description", _number == 0 ? "The profile that every new enterprise has" : null);
        members.Text("configurationType", "SEGMENT_BASED");
        members.Text("bastionState", "UNCONFIGURED");
        members.Text("schemaVersion", "3.0.0");
        members.Text("effective", VeloTime.Never);
        members.Text("modified", VeloTime.Text(_now.AddDays(-30 * _number)));
        members.Bit("isStaging", false);
    }
}
