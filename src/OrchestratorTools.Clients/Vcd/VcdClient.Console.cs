using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Consoles, screens and questions of virtual machines.</content>
public sealed partial class VcdClient
{
    // The first eight bytes of every PNG.
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly VcdAction Console = new("screen:acquireMksTicket", "A ticket for the console") { Hint = "Only what is powered on has a console: Start-VcdVM." };
    private static readonly VcdAction OldConsole = new("screen:acquireTicket", "A ticket for the console");
    private static readonly VcdAction Screen = new("screen:thumbnail", "A picture of the screen") { Hint = "Only what is powered on has a screen: Start-VcdVM." };

    /// <summary>
    /// A ticket for the console of a virtual machine: for the HTML console, or, where the server has only the older form, the address for the plug-in. No stream shows it. Throws with kind WrongState where the machine has no console.
    /// </summary>
    /// <param name="vm">The virtual machine, as it was piped or found.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<VcdConsoleTicket> GetConsoleTicketAsync(VcdVM vm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(vm);
        var entity = await ReadAsync(AddressIn(vm), cancellationToken, "Vm").ConfigureAwait(false);
        var link = FindLink(entity, Console.Rel) ?? FindLink(entity, OldConsole.Rel) ?? throw NotOffered(entity, Console);
        var change = await ChangeAsync(new VcdChangeRequest(HttpMethod.Post, link.Href, "Ask again: a ticket that nobody uses runs out by itself.") { IsSecret = true }, cancellationToken).ConfigureAwait(false);
        var ticket = change.Entity is { } answer ? VcdConsoleTicket.Of(answer, Named(entity, vm), _session.Settings.Time.GetUtcNow()) : null;
        if (ticket is null)
        {
            throw _session.Error(OrchestratorErrorKind.Protocol, $"The server's answer for the console of '{NameOf(entity)}' is no ticket that can be used.");
        }

        foreach (var secret in ticket.Secrets)
        {
            _session.Redactor.Add(secret);
        }

        return Own(ticket);
    }

    /// <summary>A picture of the screen of a virtual machine, as PNG. Throws with kind WrongState where the machine has no screen.</summary>
    /// <param name="vm">The virtual machine, as it was piped or found.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<byte[]> GetScreenAsync(VcdVM vm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(vm);
        var entity = await ReadAsync(AddressIn(vm), cancellationToken, "Vm").ConfigureAwait(false);
        var link = FindLink(entity, Screen.Rel) ?? throw NotOffered(entity, Screen);
        using var request = _session.NewRequest(HttpMethod.Get, _session.Resolve(link.Href), tenant: Tenant);

        // What stands on a screen is nobody else's business, and no text either.
        request.Options.Set(RequestKeys.Secret, value: true);
        using var response = await _session.SendAsync(request, RequestClass.Read, _observer, cancellationToken).ConfigureAwait(false);
        var picture = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return picture.AsSpan().StartsWith(PngSignature)
            ? picture
            : throw _session.Unreadable(request, response, RequestClass.Read, $"it is no PNG picture ({(picture.Length == 0 ? "it is empty" : response.Content.Headers.ContentType?.MediaType ?? "of no media type")})");
    }

    /// <summary>What a virtual machine asks at the moment; null where it asks nothing.</summary>
    /// <param name="vm">The virtual machine, as it was piped or found.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<VcdVMQuestion?> GetQuestionAsync(VcdVM vm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(vm);
        var entity = await ReadAsync(AddressIn(vm), cancellationToken, "Vm").ConfigureAwait(false);

        // The guide's example has the link under "down"; its type says what it is under whatever relation.
        var link = VcdLink.Of(entity).FirstOrDefault(l => VcdXml.IsMediaType(l.Type, VcdBodies.QuestionType));
        if (link is null)
        {
            return null;
        }

        using var request = _session.NewRequest(HttpMethod.Get, _session.Resolve(link.Href), tenant: Tenant);
        using var response = await _session.SendAsync(request, RequestClass.Read, _observer, cancellationToken).ConfigureAwait(false);
        return response.StatusCode is HttpStatusCode.NoContent
            ? null
            : Own(new VcdVMQuestion(await _session.ReadXmlAsync(request, response, RequestClass.Read, cancellationToken, "VmPendingQuestion").ConfigureAwait(false), Named(entity, vm)));
    }

    /// <summary>Answers a question. Throws with kind Validation where the answer is none of those that are offered.</summary>
    /// <param name="question">The question, as it was read right before.</param>
    /// <param name="answer">The answer: its words or its number.</param>
    /// <param name="cancellationToken">Ends the sending; whether the answer was taken is then unknown.</param>
    public async Task<VcdChange> AnswerAsync(VcdVMQuestion question, string answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(answer);
        var choice = Choice(question, answer);
        var link = question.Answer ?? throw _session.Error(OrchestratorErrorKind.WrongState, $"The question of virtual machine '{question.VM}' cannot be answered: the server offers no way to do it to '{_session.User}'. Nothing was sent.", "It needs the right to change the vApp.");
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, link.Href, $"Get-VcdVMQuestion '{question.VM}' shows whether it still waits.") { Body = VcdBodies.Answer(question.QuestionId, choice.Id), ContentType = VcdBodies.AnswerType },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The choice that an answer means; throws with kind Validation where it is none of those that are offered.</summary>
    internal VcdVMChoice Choice(VcdVMQuestion question, string answer)
        => question.ChoiceOf(answer) ?? throw _session.Error(
            OrchestratorErrorKind.Validation,
            $"-Answer '{answer}' is none of the answers that virtual machine '{question.VM}' takes to '{question.Question}': {string.Join(", ", question.Choices)}. Nothing was sent.",
            "Give the number or the words of one of them.");

    private static string AddressIn(VcdObject item) => item.Href.Length > 0 ? item.Href : item.Id;

    // The whole representation does not tell the vApp's name, and the record may.
    private static VcdVM Named(XElement entity, VcdVM vm)
    {
        var now = new VcdVM(entity);
        now.VApp ??= vm.VApp;
        now.VAppHref ??= vm.VAppHref;
        return now;
    }
}
