namespace OrchestratorTools.Simulator.Vro;

internal static partial class VroChoices
{
    /// <summary>
    /// Member names of RuntimeDetails' groups, VMs and steps that no page shows. The documented ones (groupCategory, virtualGroupType, executionType, voId,
    /// actionType, prohibitedOperations) stand where they are written.
    /// </summary>
    public static class Keys
    {
        /// <summary>When it began.</summary>
        public const string StartTime = "startTime";

        /// <summary>When it ended.</summary>
        public const string FinishTime = "finishTime";

        /// <summary>Success, Warning, Error or Undefined.</summary>
        public const string Result = "result";

        /// <summary>The text of what went wrong.</summary>
        public const string Details = "details";

        /// <summary>0 to 100.</summary>
        public const string Progress = "totalProgress";

        /// <summary>Whether lists of RuntimeDetails and of a plan's parts carry <c>total</c> beside <c>data</c>; the V3 pages show <c>data</c> alone.</summary>
        public static bool ListsCarryTotal => false;

        /// <summary>The name of a clone in the request (INF); the first one found counts.</summary>
        public static readonly string[] CloneName = ["name", "planName"];
    }

    /// <summary>The words of a group's, VM's or step's own state (INF).</summary>
    public static class PartStates
    {
        /// <summary>Not begun.</summary>
        public const string Pending = "Pending";

        /// <summary>Under way.</summary>
        public const string Running = "Running";

        /// <summary>Ended, well or not: the result says.</summary>
        public const string Complete = "Complete";

        /// <summary>Ended with an error.</summary>
        public const string Failed = "Failed";

        /// <summary>Stopped in between.</summary>
        public const string Halted = "Halted";

        /// <summary>Passed over after a failure, or by Continue.</summary>
        public const string Skipped = "Skipped";
    }
}
