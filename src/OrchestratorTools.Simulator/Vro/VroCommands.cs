using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Vro.Plans;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro;

/// <summary>The commands of the control address. Wrong arguments throw <see cref="ArgumentException"/> with a sentence for the user.</summary>
internal sealed class VroCommands(PlanStore plans, PlanPast past, VroSettings settings)
{
    /// <summary>
    /// <c>plan</c>: prepares a plan, found by <c>id</c> or <c>name</c>. <c>failStep</c> (null or empty: none) fails <c>failCount</c> times (default 1; -1:
    /// always);
    /// <c>critical</c> says whether that halts the plan, otherwise the plan's own switches do; <c>prohibited</c> lists the ways of Continue that the step then
    /// does not allow. <c>state</c> is a state's wire name, or <c>Running</c>.
    /// </summary>
    public JsonNode Plan(JsonElement arguments, DateTimeOffset now, PlanEngine engine)
    {
        var plan = FindPlan(arguments);
        if (Number(arguments, "vmCount") is { } vmCount)
            plan.VmCount = vmCount is >= 1 and <= 20000 && vmCount == Math.Floor(vmCount)
                ? (int)vmCount
                : throw new ArgumentException("vmCount takes a whole number from 1 to 20000.");
        if (Number(arguments, "runSeconds") is { } runSeconds)
            plan.RunSeconds = runSeconds >= 0 ? runSeconds : throw new ArgumentException("runSeconds takes a number that is not negative.");
        if (Number(arguments, "startDelaySeconds") is { } startDelay)
            plan.StartDelaySeconds = startDelay >= 0 ? startDelay : throw new ArgumentException("startDelaySeconds takes a number that is not negative.");
        if (Find(arguments, "failStep") is { } failStep)
            plan.Fault = Fault(plan, failStep, arguments);
        if (Text(arguments, "verification") is { } verification)
            plan.Verification = Word<Verification>(verification, "verification");
        if (Text(arguments, "state") is { } state)
            SetState(plan, state, now, engine);
        if (Text(arguments, "mode") is { } mode)
            SetMode(plan, Word<PlanMode>(mode, "mode"));
        plan.History.Clear();
        return new JsonObject
        {
            ["id"] = plan.Id.ToString(),
            ["name"] = plan.Name,
            ["state"] = plan.State.Wire,
            ["mode"] = plan.Mode.ToString(),
            ["vmCount"] = plan.VmCount,
        };
    }

    /// <summary><c>history</c>: how a plan is, and what happened to it since it was prepared, oldest first.</summary>
    public JsonNode History(JsonElement arguments, DateTimeOffset now)
    {
        var plan = FindPlan(arguments);
        return new JsonObject
        {
            ["now"] = now.UtcDateTime,
            ["state"] = plan.State.Wire,
            ["mode"] = plan.Mode.ToString(),
            ["isRunning"] = plan.IsRunning,
            ["isIdle"] = plan.Job is null,
            ["isScheduled"] = plan.Schedule is not null,
            ["events"] = plan.History.Describe(),
        };
    }

    /// <summary><c>restart</c>: the server was started again. What runs goes on, but RuntimeDetails begin empty (facts/vro.md, B).</summary>
    public JsonNode Restart()
    {
        foreach (var plan in plans.All)
            plan.IsRuntimeEmptied = true;
        return new JsonObject();
    }

    /// <summary>
    /// <c>settings</c>: <c>versions</c>, <c>pageSize</c>, <c>maximumPageSize</c>, <c>wrongStateStatus</c>, <c>accessTokenSeconds</c>,
    /// <c>refreshTokenSeconds</c>,
    /// <c>utcOffsetMinutes</c>, <c>errorShape</c> (message, Message, oauth, problem, html, empty; empty text: in turn), <c>emptiedRuntime</c> (object or
    /// notFound).
    /// </summary>
    public JsonNode Settings(JsonElement arguments)
    {
        if (Find(arguments, "versions") is { ValueKind: JsonValueKind.Array } versions)
            settings.Versions = [.. versions.EnumerateArray().Select(v => v.ToString())];
        settings.PageSize = (int)(Number(arguments, "pageSize") ?? settings.PageSize);
        settings.MaximumPageSize = (int)(Number(arguments, "maximumPageSize") ?? settings.MaximumPageSize);
        settings.WrongStateStatus = (int)(Number(arguments, "wrongStateStatus") ?? settings.WrongStateStatus);
        settings.AccessTokenSeconds = (int)(Number(arguments, "accessTokenSeconds") ?? settings.AccessTokenSeconds);
        settings.RefreshTokenSeconds = (int)(Number(arguments, "refreshTokenSeconds") ?? settings.RefreshTokenSeconds);
        settings.UtcOffset = Number(arguments, "utcOffsetMinutes") is { } minutes ? TimeSpan.FromMinutes((int)minutes) : settings.UtcOffset;
        if (Text(arguments, "errorShape") is { } shape)
            settings.ErrorShape = shape.Length == 0 ? null : ErrorShapes.Names.Contains(shape, StringComparer.Ordinal) ? shape : throw NoShape();
        if (Text(arguments, "emptiedRuntime") is { } emptied)
        {
            settings.EmptiedRuntimeIsAnEmptyObject = emptied switch
            {
                "object" => true,
                "notFound" => false,
                _ => throw new ArgumentException("emptiedRuntime is 'object' or 'notFound'."),
            };
        }

        return new JsonObject { ["versions"] = new JsonArray([.. settings.Versions.Select(v => (JsonNode)v)]) };
    }

    private static ArgumentException NoShape() => new($"errorShape is one of {string.Join(", ", ErrorShapes.Names)}, or empty.");

    private Plan FindPlan(JsonElement arguments)
    {
        if (Text(arguments, "id") is { } id)
            return Guid.TryParse(id, out var guid) && plans.TryFind(guid, out var byId)
                ? byId
                : throw new ArgumentException($"There is no plan with the id '{id}'.");
        var name = Text(arguments, "name") ?? throw new ArgumentException("The command plan needs a name or an id.");
        return plans.All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no plan '{name}'.");
    }

    private static StepFault? Fault(Plan plan, JsonElement failStep, JsonElement arguments)
    {
        if (failStep.ValueKind != JsonValueKind.String || failStep.GetString() is not { Length: > 0 } path)
            return null;
        bool? critical = Find(arguments, "critical")?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
        var fault = new StepFault(path, (int)(Number(arguments, "failCount") ?? 1), critical, Ways(arguments));
        var groups = Enum.GetValues<Operation>().SelectMany(o => PartsFactory.ForOperation(plan.Groups, o)).Concat(plan.Groups);
        return groups.Any(g => g.Steps.Any(s => fault.Means(g, null, s)) || g.Vms.Any(v => v.Steps.Any(s => fault.Means(g, v, s))))
            ? fault
            : throw new ArgumentException($"No step of the plan '{plan.Name}' is '{path}': say group/vm/step, or group/step for a group without machines.");
    }

    private static string[] Ways(JsonElement arguments)
        => Find(arguments, "prohibited") is { ValueKind: JsonValueKind.Array } ways
            ? [.. ways.EnumerateArray().Select(w => Word<ContinueOption>(w.ToString(), "prohibited").ToString())]
            : [];

    private void SetState(Plan plan, string state, DateTimeOffset now, PlanEngine engine)
    {
        if (state.Equals("Running", StringComparison.OrdinalIgnoreCase))
        {
            past.Play(plan, Phase.Ready, now);
            engine.Accept(plan, new Job(PlanEngine.RunOf(plan.Type), now));
            engine.Advance(now);
            return;
        }

        past.Play(plan, PlanPast.PhaseOf(state) ?? throw new ArgumentException($"There is no state '{state}'."), now);
    }

    private static void SetMode(Plan plan, PlanMode mode)
    {
        plan.Mode = mode;
        if (plan.Phase is Phase.Ready or Phase.Disabled)
            plan.Phase = mode == PlanMode.Disabled ? Phase.Disabled : Phase.Ready;
    }

    private static T Word<T>(string word, string name)
        where T : struct, Enum
        => Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new ArgumentException($"{name} is one of {string.Join(", ", Enum.GetNames<T>())}.");

    private static string? Text(JsonElement arguments, string name)
        => Find(arguments, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement arguments, string name) => Find(arguments, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text when double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            => value,
        _ => throw new ArgumentException($"{name} takes a number."),
    };

    private static JsonElement? Find(JsonElement arguments, string name)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var member in arguments.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return member.Value;
        }

        return null;
    }
}
