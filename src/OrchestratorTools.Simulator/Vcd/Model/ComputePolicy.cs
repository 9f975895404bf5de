namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A policy that says how large machines are, or where they run. All VDCs have all of them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsPlacement">True: it says where they run.</param>
internal sealed record ComputePolicy(Guid Id, string Name, bool IsPlacement)
{
    /// <summary>All that there are.</summary>
    public static IReadOnlyList<ComputePolicy> All { get; } =
    [
        new(new Guid("3f1a6b52-0000-4000-8000-000000000001"), "System Default", IsPlacement: false),
        new(new Guid("3f1a6b52-0000-4000-8000-000000000002"), "small", IsPlacement: false),
        new(new Guid("3f1a6b52-0000-4000-8000-000000000003"), "large & fast", IsPlacement: false),
        new(new Guid("3f1a6b52-0000-4000-8000-000000000004"), "licensed hosts", IsPlacement: true),
    ];

    /// <summary>Its id as a URN.</summary>
    public string Urn => $"urn:vcloud:vdcComputePolicy:{Id}";

    /// <summary>Its address: policies are objects of the newer API.</summary>
    public string Href(Hrefs hrefs) => $"{hrefs.Root}/cloudapi/1.0.0/vdcComputePolicies/{Urn}";
}
