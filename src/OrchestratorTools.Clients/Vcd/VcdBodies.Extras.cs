using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>What hangs on virtual machines: media, independent disks, questions.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="Answer"/>.</summary>
    public const string AnswerType = "application/vnd.vmware.vcloud.vmPendingAnswer+xml";

    /// <summary>The content type of what a machine asks.</summary>
    public const string QuestionType = "application/vnd.vmware.vcloud.vmPendingQuestion+xml";

    /// <summary>The answer to a question (schema type VmQuestionAnswerType).</summary>
    public static XElement Answer(string question, int choice)
        => new(
            VcdXml.Namespace + "VmQuestionAnswer",
            new XElement(VcdXml.Namespace + "ChoiceId", choice.ToString(CultureInfo.InvariantCulture)),
            new XElement(VcdXml.Namespace + "QuestionId", question));
}
