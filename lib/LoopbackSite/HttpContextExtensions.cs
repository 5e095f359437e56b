using System.Globalization;

namespace LoopbackSite;

internal static class HttpContextExtensions
{
    /// <summary>A part of the address that its route takes only when it is a whole number.</summary>
    public static int RouteNumber(this HttpContext context, string name) =>
        int.Parse((string)context.Request.RouteValues[name]!, CultureInfo.InvariantCulture);

    /// <summary>Answers with what is wrong with the request.</summary>
    public static Task RefuseAsync(this HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(reason);
    }
}
