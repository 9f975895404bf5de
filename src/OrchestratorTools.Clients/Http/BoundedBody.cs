using System.Globalization;

namespace OrchestratorTools.Clients.Http;

/// <summary>Reads bodies into memory, within bounds: a server that never stops sending costs no more than these.</summary>
internal static class BoundedBody
{
    /// <summary>What is kept of the body of an error.</summary>
    public const int ErrorLimit = 64 * 1024;

    /// <summary>The largest answer that is held whole.</summary>
    public const int AnswerLimit = 64 * 1024 * 1024;

    /// <summary>Reads the body and puts what was read in its place. Of an error the first 64 KiB are kept and the rest is not read; any other answer over 64 MiB is an <see cref="InvalidDataException"/>.</summary>
    public static async Task LoadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var content = response.Content;
        var limit = response.IsSuccessStatusCode ? AnswerLimit : ErrorLimit;
        var expected = content.Headers.ContentLength;
        if (response.IsSuccessStatusCode && expected > limit)
        {
            throw TooLarge(expected.Value);
        }

        var body = new byte[expected is { } n ? (int)Math.Min(n, limit) : 4096];
        var length = 0;
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (length == body.Length)
            {
                if (length == limit)
                {
                    if (response.IsSuccessStatusCode && await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
                    {
                        throw TooLarge(null);
                    }

                    break;
                }

                if (length == expected)
                {
                    break;
                }

                Array.Resize(ref body, Math.Min(limit, Math.Max(4096, body.Length * 2)));
            }

            int read;
            try
            {
                read = await stream.ReadAsync(body.AsMemory(length), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!response.IsSuccessStatusCode && e is IOException or HttpRequestException or TimeoutException)
            {
                // The status says enough: an error whose text was cut short is still that error.
                break;
            }

            if (read == 0)
            {
                break;
            }

            length += read;
        }

        var whole = new ByteArrayContent(body, 0, length);
        foreach (var (name, values) in content.Headers)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                whole.Headers.TryAddWithoutValidation(name, values);
            }
        }

        response.Content = whole;
        content.Dispose();
    }

    private static InvalidDataException TooLarge(long? length)
        => new(string.Create(CultureInfo.InvariantCulture, $"The answer is larger than {AnswerLimit >> 20} MiB{(length is null ? string.Empty : $" ({length} bytes)")}."));
}
