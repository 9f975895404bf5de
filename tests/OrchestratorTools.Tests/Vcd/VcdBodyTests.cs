using System.Text;
using System.Xml.Linq;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Every request body against the vendor's schemas, where they are there.</summary>
public sealed class VcdBodyTests
{
    public static TheoryData<string, string?> Texts => new()
    {
        { "plain", null },
        { "with \"quotes\" & <brackets> [x]* and 'more'", "line one\nline two\r\n\tline three" },
        { "räksmörgås 数据 🚀", string.Empty },
        { "line\nbreak\tand tab", "]]>" },
    };

    [SkippableTheory]
    [MemberData(nameof(Texts))]
    public void A_new_media_is_valid(string name, string? description)
    {
        VcdSchemas.Need();
        foreach (var type in new[] { "iso", "other" })
        {
            Assert.Empty(VcdSchemas.Faults(VcdXml.ToBytes(VcdBodies.Media(name, description, 1, type))));
        }
    }

    [SkippableFact]
    public void A_body_in_the_wrong_order_would_be_found()
    {
        VcdSchemas.Need();
        var body = VcdBodies.Media("a", "b", 1, "iso");
        body.AddFirst(new XElement(VcdXml.Namespace + "Files"));
        Assert.NotEmpty(VcdSchemas.Faults(VcdXml.ToBytes(body)));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_is_written_is_read_back_as_it_was(string name, string? description)
    {
        var bytes = VcdXml.ToBytes(VcdBodies.Media(name, description, 42, "iso"));
        Assert.Equal((byte)'<', bytes[0]);
        var read = XElement.Parse(Encoding.UTF8.GetString(bytes), LoadOptions.PreserveWhitespace);
        Assert.Equal(name, (string?)read.Attribute("name"));
        Assert.Equal(description, (string?)read.Element(VcdXml.Namespace + "Description"));
        Assert.Equal("42", (string?)read.Attribute("size"));
    }

    [Theory]
    [InlineData("a.iso", "iso")]
    [InlineData("A.ISO", "iso")]
    [InlineData("a.flp", "other")]
    [InlineData("a", "other")]
    public void The_image_type_goes_by_the_file_name(string file, string expected) => Assert.Equal(expected, VcdAssumptions.ImageTypeOf(file));
}
