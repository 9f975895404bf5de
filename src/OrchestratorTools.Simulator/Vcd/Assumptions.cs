using System.Net;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What no recorded answer, guide or schema states: the simulator's readings of vCloud Director, each in this one place, so that a better source changes one line.</summary>
internal static class Assumptions
{
    /// <summary>A session ends after a day even if it is in use. The setting exists (AbsoluteSessionTimeoutMinutes); its default is not sourced.</summary>
    public static readonly TimeSpan AbsoluteSessionTimeout = TimeSpan.FromHours(24);

    /// <summary>What <c>expires_in</c> says for an API token's access token: far more than the idle timeout, which ends the session all the same.</summary>
    public const int ApiTokenExpiresInSeconds = 2_592_000;

    /// <summary>Media and templates need so long to be imported once their last byte arrived, in simulated seconds.</summary>
    public static readonly TimeSpan ImportTime = TimeSpan.FromSeconds(3);

    /// <summary>A descriptor needs so long to be read before the files that it names get their links.</summary>
    public static readonly TimeSpan DescriptorTime = TimeSpan.FromSeconds(1);

    /// <summary>The task of a change stands so long in each of the states queued, preRunning and running.</summary>
    public static readonly TimeSpan TaskStep = TimeSpan.FromSeconds(0.4);

    /// <summary>A host needs so long to switch a machine on or off.</summary>
    public static readonly TimeSpan PowerTime = TimeSpan.FromSeconds(2);

    /// <summary>The machines of a vApp need so long to be copied.</summary>
    public static readonly TimeSpan CopyTime = TimeSpan.FromSeconds(4);

    /// <summary>"Stop the vApp and try again" is a 400 in reports of 9.x, a 409 in those of 10.4.1, which are clients of API versions from 36.0 on.</summary>
    public static VcdException StopFirst(ApiVersion version, bool isMachine, string name) => version >= new ApiVersion("36.0")
        ? new VcdException((int)HttpStatusCode.Conflict, "CONFLICT", StopSentence(isMachine ? "VM" : "vApp", name))
        : VcdException.BadRequest(StopSentence(isMachine ? "VM" : "vApp", name));

    /// <summary>DELETE …?force=true of a vApp that runs is in the guides from 20.0 on.</summary>
    public static readonly ApiVersion FirstWithForcedDeletion = new("20.0");

    /// <summary>CREATE_BLANK_VM and RECOMPOSE_BLANK_VM, the schema's words for a version: createVm is in the definitions of 32.0 and not in those of 31.0.</summary>
    public static readonly ApiVersion FirstWithBlankMachines = new("32.0");

    /// <summary>The schema's words for versions that had no number yet. Those of blank machines came with 32.0 (above); the others are later than the schemas' own 30.0, or as late as it.</summary>
    public static ApiVersion NamedVersion(string name) => name switch
    {
        "CREATE_BLANK_VM" or "RECOMPOSE_BLANK_VM" or "INSTANTIATE_VM_TEMPLATE" => FirstWithBlankMachines,
        _ => SchemaVersions.OfSchemas,
    };

    /// <summary>deploy and powerOn of a request that makes a vApp: false where they are left out (schema: "True if the vApp should be deployed at instantiation"; no default is named).</summary>
    public static bool CreationDeploysByDefault => false;

    /// <summary>A lease is never shorter than an hour.</summary>
    public const int ShortestLeaseSeconds = 3600;

    /// <summary>The version of the tools that the server installs.</summary>
    public const int ToolsVersion = 12389;

    /// <summary>The newest hardware version of the VDCs.</summary>
    public const int NewestHardware = 19;

    public static string MachineQuotaExceeded(Vdc vdc) => $"The requested operation will exceed the VDC's virtual machine quota of {vdc.MachineQuota}.";

    /// <summary>The password that customization makes.</summary>
    public static string MadePassword(Guid machine) => $"Auto-{machine.ToByteArray()[3]:x2}{machine.ToByteArray()[4]:x2}{machine.ToByteArray()[5]:x2}!";

    /// <summary>What a state does not allow is 400 BAD_REQUEST; the sentences for what is off are users' reports (a VM that "is not powered on", a vApp that "is not running"), the others are made after them.</summary>
    public static VcdException NotInThisState(string action, bool isMachine, string name)
    {
        var what = isMachine ? "VM" : "vApp";
        var reason = action switch
        {
            PowerLinks.Undeploy when !isMachine => "is not running",
            PowerLinks.DiscardState => "is not suspended",
            "powerOn" or PowerLinks.Deploy => isMachine ? "is powered on" : "is running",
            _ => isMachine ? "is not powered on" : "is not running",
        };
        return VcdException.BadRequest($"The requested operation could not be executed since {what} \"{name}\" {reason}.");
    }

    /// <summary>A vApp in maintenance mode is for the provider alone to change; questions may be answered, and what was begun goes on.</summary>
    public static VcdException InMaintenance(string name) => VcdException.BadRequest($"The requested operation could not be executed since vApp \"{name}\" is in maintenance mode.");

    /// <summary>A vApp whose storage lease ran out can be renewed, edited or deleted, and nothing else.</summary>
    public static VcdException Expired(string name) => VcdException.BadRequest($"The requested operation could not be executed since the storage lease of vApp \"{name}\" has expired.");

    /// <summary>A guest without VMware Tools cannot be shut down or restarted from outside: the task ends in an error.</summary>
    public static VcdException NoTools(string machine) => new((int)HttpStatusCode.InternalServerError, "INTERNAL_SERVER_ERROR", $"Unable to perform this action. VMware Tools is not running in VM \"{machine}\".");

    /// <summary>The question that hosts ask most: a guest holds on to its drive.</summary>
    public static MachineQuestion DriveQuestion(string machine) => new("_vmx1", $"The guest operating system of \"{machine}\" has locked the CD-ROM door and is probably using the CD-ROM. Disconnect anyway and override the lock?", ["Yes", "No"]);

    /// <summary>A guest that runs without VMware Tools cannot be brought to rest for a snapshot.</summary>
    public static VcdException NoQuiescing(string machine) => VcdException.BadRequest($"The file system of VM \"{machine}\" cannot be quiesced: VMware Tools is not running.");

    /// <summary>What an attached disk does not allow.</summary>
    public static VcdException DiskIsAttached(IndependentDisk disk) => VcdException.BadRequest($"The requested operation could not be executed since disk \"{disk.Name}\" is attached to VM \"{disk.AttachedTo[0].Name}\".");

    /// <summary>POST catalog/{id}/action/captureVApp is in the oldest definitions that there are (27.0); the guide of 5.5 has the VDC's only.</summary>
    public static readonly ApiVersion FirstWithCaptureToCatalog = new("5.6");

    /// <summary>At the end of its runtime lease a vApp is suspended, whatever it did.</summary>
    public static MachineStatus AfterRuntimeLease => MachineStatus.Suspended;

    /// <summary>A PUT of a catalog starts a task from this version on (the reference says so), and is done at once before; the status of the answer is 200 in both (the reference's example).</summary>
    public static readonly ApiVersion CatalogUpdateIsATaskFrom = new("39.0");

    /// <summary>A PUT that leaves the description out leaves it as it is.</summary>
    public static string NewDescription(string? sent, string present) => sent ?? present;

    /// <summary>Renaming an entry of a catalog renames what it names, and the other way round: since 5.5 the two are one item of a library.</summary>
    public static bool ItemAndEntityShareTheirName => true;

    /// <summary>Moving an entry keeps its id and that of what it names.</summary>
    public static bool MovingKeepsIds => true;

    /// <summary>A metadata key that is not there.</summary>
    public const int AbsentMetadataStatus = (int)HttpStatusCode.NotFound;

    /// <summary>The address of an externally published catalog, as AdminCatalog gives it: a path without scheme and host (a published script puts both before it; the example of the guide's subscriber is the same path with them).</summary>
    public static string PublishedPath(Guid catalog) => $"/vcsp/lib/{catalog}/";

    /// <summary>How many bytes of an exported disk a megabyte of a vApp's disks makes: streams are compressed, and a test has no gigabytes to wait for.</summary>
    public const int ExportedBytesPerMegabyte = 61;

    /// <summary>The status of a subscriber's template whose content has not been fetched: it is known, but not ready. Media have none between unresolved and resolved.</summary>
    public static int StatusWithoutContent(StoredEntity entity) => entity is Template ? EntityStatus.Resolved : EntityStatus.Unresolved;

    /// <summary>A second PUT to a file waits so long (real time) for the one before it to end, then it is told that it does not begin at the last byte.</summary>
    public static readonly TimeSpan TransferTurn = TimeSpan.FromSeconds(10);

    /// <summary>A descriptor or a manifest may have so many bytes.</summary>
    public const long LargestUnsizedFile = 16L << 20;

    /// <summary>A line of a manifest that names a descriptor is compared with the descriptor that came, whatever its name was. Lines for files that are not in the package say nothing.</summary>
    public static bool ManifestCoversDescriptor => true;

    /// <summary>A package that the server fetches has its manifest beside the descriptor, with the descriptor's name and the ending .mf.</summary>
    public static Uri ManifestBeside(Uri descriptor) => new UriBuilder(descriptor) { Path = Path.ChangeExtension(descriptor.AbsolutePath, ".mf") }.Uri;

    /// <summary>A PUT to a file whose transfer is over: it is gone. A transfer that never was: not found.</summary>
    public const int FinishedTransferStatus = (int)HttpStatusCode.Gone;

    /// <summary>POST /api/sessions where an administrator closed it (facts: "an admin can disable it").</summary>
    public const int ClosedLoginStatus = (int)HttpStatusCode.Unauthorized;

    /// <summary>The first API version whose login sets no cookie any more. The recording that has it is of 1.5.</summary>
    public static readonly ApiVersion FirstWithoutCookie = new("9.0");

    /// <summary>Cancelling a task that is over, or cannot be cancelled.</summary>
    public const int RefusedCancelStatus = (int)HttpStatusCode.BadRequest;

    /// <summary>What becomes of the entity whose upload was cancelled: it stays as failed, to be deleted by its owner. (Another client counts on it to go with its task: the setting <c>canceledUploads</c>.)</summary>
    public static CanceledUploads CanceledUploads => CanceledUploads.Failed;

    /// <summary>An upload whose task runs is busy as everything is that a task works on: deleting it is refused until the task was cancelled or has ended.</summary>
    public static bool UploadsAreBusy => true;

    /// <summary>A body of a type that the address does not take.</summary>
    public const int UnknownBodyStatus = (int)HttpStatusCode.UnsupportedMediaType;

    /// <summary>DELETE on a catalog's entry takes what it names away too.</summary>
    public static bool RemovingAnItemRemovesItsEntity => true;

    /// <summary>An operation that the asked version no longer has, or does not have yet.</summary>
    public const int AbsentOperationStatus = (int)HttpStatusCode.NotFound;

    /// <summary>Answers carry the server's local offset (recorded: -05:00, -07:00); this server stands two hours east of Greenwich.</summary>
    public static readonly TimeSpan ServerOffset = TimeSpan.FromHours(2);

    /// <summary>From this API version on a task that somebody cancelled is called <c>aborted</c>, before it <c>canceled</c> (facts: the word is gone from the text of 39.1).</summary>
    public static readonly ApiVersion CanceledIsCalledAbortedFrom = new("39.0");

    /// <summary>An error's message begins with the request's id in brackets from this version on (users' reports of 8.x to 10.x have it, recordings of 1.5 do not).</summary>
    public static readonly ApiVersion MessagesNameTheRequestFrom = new("5.5");

    /// <summary>Status words of query records for the entity statuses 0, 1, 8 and -1.</summary>
    public static string RecordStatus(int status) => status switch
    {
        EntityStatus.Unresolved => "UNRESOLVED",
        EntityStatus.Resolved => "RESOLVED",
        EntityStatus.Ready => "RESOLVED",
        _ => "FAILED_CREATION",
    };

    /// <summary>Disks have their size in megabytes from this version on (their attribute <c>size</c> is that of the schema of 30.0; <c>sizeMb</c> is in later references).</summary>
    public static readonly ApiVersion DisksInMegabytesFrom = new("33.0");

    /// <summary>An organization's settings have operation limits from this version on.</summary>
    public static readonly ApiVersion FirstWithOperationLimits = new("5.5");

    /// <summary>Storage profiles say how much of them is used from this version on.</summary>
    public static readonly ApiVersion FirstWithStorageUse = new("26.0");

    /// <summary>Network connections name their adapter's type from this version on.</summary>
    public static readonly ApiVersion FirstWithAdapterType = new("9.0");

    private static string StopSentence(string what, string name) => $"The requested operation could not be executed on {what} \"{name}\". Stop the {what} and try again.";

    /// <summary>A client's request id becomes the beginning of the server's.</summary>
    public static string RequestId(string? clientRequestId) => clientRequestId is null ? $"{Guid.NewGuid()}" : $"{clientRequestId}-{Guid.NewGuid()}";

    /// <summary>
    /// Query types whose name begins with admin are the provider's alone: others get the 403 of "no rights to the type".
    /// </summary>
    public static bool IsProviderQuery(string type) => type.StartsWith("admin", StringComparison.Ordinal);

    /// <summary>Types that the pages of the queries show to tenants only (vm, vApp, catalog …) answer the provider too: with System's own things, or in a tenant's context with the tenant's.</summary>
    public static bool ProviderMayAskAsATenant => true;

    /// <summary>
    /// From this version on a backslash takes the meaning from ( ) , ; and \ in a filter's values, and filterEncoded means nothing: what is encoded twice finds nothing
    /// (guide of 10.6, "Query Parameters"; the changes of another client name the version).
    /// </summary>
    public static readonly ApiVersion FiltersAreEscapedFrom = new("35.0");

    /// <summary>Names in a catalog are compared by letter: README.iso and readme.iso live side by side.</summary>
    public static StringComparison NameComparison => StringComparison.Ordinal;

    /// <summary>Results are sorted without regard to letter case; equal ones by id, as is everything that is not sorted.</summary>
    public static StringComparer SortComparer => StringComparer.OrdinalIgnoreCase;
}
