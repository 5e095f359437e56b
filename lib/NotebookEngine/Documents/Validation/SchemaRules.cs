using System.Globalization;
using System.Text.Json;

namespace NotebookEngine;

/// <summary>One rule of a schema: looks at a value, and reports what is wrong with it under the given name.</summary>
internal delegate void SchemaRule(JsonSyntax value, string name, Action<JsonSyntax, string> report);

/// <summary>The few forms of rule that nbformat's schema consists of.</summary>
internal static class SchemaRules
{
    public static SchemaRule Any { get; } = (_, _, _) => { };

    public static SchemaRule Text { get; } = Kind("a string", JsonValueKind.String);

    public static SchemaRule Boolean { get; } = Kind("true or false", JsonValueKind.True, JsonValueKind.False);

    public static SchemaRule OpenObject { get; } = Kind("an object", JsonValueKind.Object);

    /// <summary>A string, or an array of strings that are its lines.</summary>
    public static SchemaRule MultilineText { get; } = (value, name, report) =>
    {
        var isText = value.Kind == JsonValueKind.String
            || (value.Kind == JsonValueKind.Array && value.Members.TrueForAll(line => line.Value.Kind == JsonValueKind.String));
        if (!isText) report(value, $"{name} should be a string or an array of strings.");
    };

    /// <summary>A whole number from <paramref name="least"/> on.</summary>
    public static SchemaRule Whole(int least, bool orNull = false) => (value, name, report) =>
    {
        if (orNull && value.Kind == JsonValueKind.Null) return;

        // 5.0 is the same number, but not an integer to the validators of JSON Schema's draft 4.
        if (value.Kind != JsonValueKind.Number || !int.TryParse(value.Raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least)
            report(value, $"{name} should be a whole number from {least} on{(orNull ? ", or null" : "")}.");
    };

    public static SchemaRule Matching(Predicate<string> isRight, string wanted) => (value, name, report) =>
    {
        if (value.Kind != JsonValueKind.String || !isRight(value.StringValue)) report(value, $"{name} should be {wanted}.");
    };

    public static SchemaRule ArrayOf(SchemaRule item, bool unique = false) => (value, name, report) =>
    {
        if (value.Kind != JsonValueKind.Array)
        {
            report(value, $"{name} should be an array.");
            return;
        }

        for (var i = 0; i < value.Members.Count; i++) item(value.Members[i].Value, $"{name}[{i}]", report);
        var texts = value.Members.Where(m => m.Value.Kind == JsonValueKind.String).Select(m => m.Value.StringValue).ToList();
        if (unique && texts.Distinct().Count() < texts.Count) report(value, $"{name} names something twice.");
    };

    /// <summary>An object whose members all follow one rule, chosen by their key.</summary>
    public static SchemaRule MapOf(Func<string, SchemaRule> rule) => (value, name, report) =>
    {
        if (value.Kind != JsonValueKind.Object) report(value, $"{name} should be an object.");
        else foreach (var member in value.Members) rule(member.Name)(member.Value, $"{name}.{member.Name}", report);
    };

    /// <summary>An object with members that it must have, others that it may have, and more only where it is open.</summary>
    public static SchemaRule Object(
        Dictionary<string, SchemaRule> required, Dictionary<string, SchemaRule>? optional = null, bool isOpen = false) =>
        (value, name, report) =>
        {
            if (value.Kind != JsonValueKind.Object)
            {
                report(value, $"{name} should be an object.");
                return;
            }

            foreach (var key in required.Keys.Where(key => value[key] is null)) report(value, $"{name} has no \"{key}\".");
            foreach (var member in value.Members)
            {
                var rule = required.GetValueOrDefault(member.Name) ?? optional?.GetValueOrDefault(member.Name);
                if (rule is not null) rule(member.Value, $"{name}.{member.Name}", report);
                else if (!isOpen) report(member.Value, $"{name}.{member.Name} is nothing that nbformat 4.5 knows; metadata is the place for it.");
            }
        };

    private static SchemaRule Kind(string wanted, params JsonValueKind[] kinds) => (value, name, report) =>
    {
        if (!kinds.Contains(value.Kind)) report(value, $"{name} should be {wanted}.");
    };
}
