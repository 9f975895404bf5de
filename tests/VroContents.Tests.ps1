# What plans hold, what their runs consist of, filters and sorting of the Recovery Orchestrator.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ PlanCount = 250 }
    $connection = Connect-TestVro $simulator @{ Name = 'drill' }
    $plan = Get-VroPlan dc1-web

    function Get-Path {
        @(Get-OrchestratorSimulatorRequest Vro -Method Get | ForEach-Object { $_.Path -replace '^/api/v7.21/' -replace $plan.Id, 'PLAN' })
    }

    # The filter, sort, start and limit of the last list that was asked for.
    function Get-Question {
        param([string] $Path = '*/Plans')
        $query = (Get-OrchestratorSimulatorRequest Vro -Path $Path)[-1].Query
        $result = @{}
        foreach ($pair in $query.TrimStart('?') -split '&') {
            $name, $value = $pair -split '=', 2
            $result[$name] = [uri]::UnescapeDataString($value)
        }
        $result
    }

    # What went through another process.
    function ConvertTo-Thawed {
        process { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) }
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vro | Disconnect-Vro
    Stop-OrchestratorSimulator $simulator
}

Describe 'What a plan holds' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'comes by pipeline, from the plan to the parameters of a step' {
        $groups = $plan | Get-VroPlanGroup
        $groups[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroPlanGroup
        $groups.Order | Should -Be @(1..$groups.Count)
        $groups.PlanId | Sort-Object -Unique | Should -Be $plan.Id
        $vms = $groups | Get-VroPlanVM
        @($vms).Count | Should -Be 7
        $vms[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroPlanVm
        $vms[0].GroupName | Should -Be 'dc1-web tier 1'
        $steps = $vms | Get-VroPlanStep
        @($steps).Count | Should -Be 28
        $steps[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroPlanStep
        $steps[0].VmName | Should -Be 'dc1-web-01'
        $steps[0].GroupName | Should -Be 'dc1-web tier 1'
        $parameters = $steps[0] | Get-VroPlanStepParameter
        $parameters[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroPlanStepParameter
        $parameters.Name | Should -Be 'Timeout', 'Retries'
        $parameters[0].StepName | Should -Be $steps[0].Name
        $parameters.Connection | Sort-Object -Unique | Should -Be 'drill'
    }

    It 'is asked for where the reference says' {
        $vm = Get-VroPlanVM -Plan $plan -Name dc1-web-01
        Clear-OrchestratorSimulatorFault -RequestLog
        $plan | Get-VroPlanGroup | Out-Null
        $vm | Get-VroPlanStep | Select-Object -First 1 | Get-VroPlanStepParameter | Out-Null
        $paths = Get-Path
        $paths[0] | Should -Be 'Plans/PLAN/Groups'
        $paths[1] | Should -Be "Plans/PLAN/Vms/$($vm.Id)/Steps"
        $paths[2] | Should -BeLike 'Plans/PLAN/Steps/*/Parameters'
    }

    It 'gives the steps of a virtual group, and of all VMs of another' {
        ($plan | Get-VroPlanGroup 'Pre*' | Get-VroPlanStep).Name | Should -Be 'Generate Event', 'Notify by Email'
        ($plan | Get-VroPlanGroup 'Pre*' | Get-VroPlanStep).VmName | Sort-Object -Unique | Should -BeNullOrEmpty
        @($plan | Get-VroPlanGroup '*tier 1' | Get-VroPlanStep).Count | Should -Be 12
        @($plan | Get-VroPlanStep).Count | Should -Be 31
    }

    It 'is filtered by name, with wildcards: <Cmdlet> <Name>' -ForEach @(
        @{ Cmdlet = 'Get-VroPlanGroup'; Name = '*tier*'; Count = 2 }
        @{ Cmdlet = 'Get-VroPlanVM'; Name = '*-0[12]'; Count = 2 }
        @{ Cmdlet = 'Get-VroPlanVM'; Name = 'DC1-web-03', '*-04'; Count = 2 }
        @{ Cmdlet = 'Get-VroPlanStep'; Name = 'Ping*'; Count = 7 }
    ) {
        @($plan | & $Cmdlet $Name).Count | Should -Be $Count
        @(& $Cmdlet -Plan dc1-web -Name $Name).Count | Should -Be $Count
        @(& $Cmdlet -Plan $plan.Id -Name $Name).Count | Should -Be $Count
    }

    It 'takes what is left of a part after another process had it' {
        @($plan | ConvertTo-Thawed | Get-VroPlanGroup).Count | Should -Be 4
        @($plan | Get-VroPlanGroup | ConvertTo-Thawed | Get-VroPlanVM).Count | Should -Be 7
        $vm = $plan | Get-VroPlanVM dc1-web-01 | ConvertTo-Thawed
        @($vm | Get-VroPlanStep).Count | Should -Be 4
        @($vm | Get-VroPlanStep | ConvertTo-Thawed | Select-Object -First 1 | Get-VroPlanStepParameter).Count | Should -Be 2
    }

    It 'is also found from the parts of a run' {
        @(Get-VroPlanRuntime dc1-web -VM | Where-Object Name -EQ dc1-web-01 | Get-VroPlanStep).Count | Should -Be 4
        @(Get-VroPlanRuntime dc1-web -Group | Get-VroPlanVM).Count | Should -Be 7
    }

    It 'refuses what is no such part, and goes on: <Cmdlet>' -ForEach @(
        @{ Cmdlet = 'Get-VroPlanGroup'; Wanted = 'a plan' }
        @{ Cmdlet = 'Get-VroPlanVM'; Wanted = 'a group or a plan' }
        @{ Cmdlet = 'Get-VroPlanStepParameter'; Wanted = 'a step' }
    ) {
        $vm = $plan | Get-VroPlanVM dc1-web-01
        $vm, 17 | & $Cmdlet -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Should -Be 'Vro.BadParameter', 'Vro.BadParameter'
        "$($failed[0])" | Should -BeLike "*$Wanted is needed*"
    }

    It 'says which plan there is not: <_>' -ForEach 'nothing', '00000000-0000-0000-0000-000000000001' {
        Get-VroPlanGroup -Plan $_ -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vro.NotFound,OrchestratorTools.Vro.GetVroPlanGroupCommand'
        "$($failed[0])" | Should -BeLike "*-Plan '$_'*"
    }

    It 'completes plans' {
        $line = 'Get-VroPlanVM -Plan dc1-d'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'dc1-db'
    }
}

Describe 'Get-VroPlanRuntime' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It '-Group, -VM and -Step return the parts, each with where it belongs, and ask for no more' {
        $groups = Get-VroPlanRuntime dc1-legacy -Group
        $groups[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroRuntimeGroup
        @(Get-OrchestratorSimulatorRequest Vro -Path '*RuntimeDetails*').Count | Should -Be 2
        $vms = Get-VroPlanRuntime dc1-legacy -VM
        $vms[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroRuntimeVm
        $vms[0].GroupName | Should -Be 'dc1-legacy tier 1'
        $steps = Get-VroPlanRuntime dc1-legacy -Step
        $steps[0] | Should -BeOfType OrchestratorTools.Clients.Vro.VroRuntimeStep
        @($steps).Count | Should -Be (3 + 4 * @($vms).Count)
        $steps[2].VmName | Should -Be $vms[0].Name
        $steps[2].Duration | Should -BeGreaterThan ([timespan]::Zero)
    }

    It '-Recurse returns the plan with everything in it, and a tree to read' {
        $runtime = Get-VroPlanRuntime dc1-legacy -Recurse
        $runtime.Groups.Vms.Steps.Count | Should -BeGreaterThan 8
        $lines = $runtime.Tree -split "`n"
        $lines[0] | Should -Match '^dc1-legacy +Failover +Success +00:01:00$'
        $lines[1] | Should -Match '^  Pre-Plan Steps +Complete +Success'
        @($lines -match '^      Ping VM Network ').Count | Should -Be @($runtime.Groups.Vms).Count
        # The name that it had before.
        (Get-VroPlanRuntime dc1-legacy -IncludeSteps).Tree | Should -Be $runtime.Tree
    }

    It 'takes one of them' {
        { Get-VroPlanRuntime dc1-web -Group -Step } | Should -Throw -ErrorId 'Vro.BadParameter,*'
    }

    It 'shows what went wrong where' {
        Invoke-SimulatorCommand $simulator systems/vro/plan @{ name = 'dc1-db'; state = 'Halted'; failStep = '*/dc1-db-02/Process Replica VM' } | Out-Null
        (Get-VroPlanRuntime dc1-db -Step | Where-Object Result -EQ Error).VmName | Should -Be 'dc1-db-02'
        (Get-VroPlanRuntime dc1-db -Recurse).Tree | Should -Match "Process Replica VM +Failed +Error .*operation timed out"
    }
}

Describe '-Filter' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'becomes the server''s JSON: <Json>' -ForEach @(
        @{ Filter = @{ planType = 'Replica' }; Json = '[{"property":"planType","operator":"==","value":"Replica"}]' }
        @{ Filter = @{ planType = 'Replica', 'Storage' }; Json = '[{"property":"planType","operator":"in","value":["Replica","Storage"]}]' }
        @{ Filter = @{ planType = @{ '!=' = 'Replica' } }; Json = '[{"property":"planType","operator":"!=","value":"Replica"}]' }
        @{ Filter = @{ planType = @{ ne = 'Replica' } }; Json = '[{"property":"planType","operator":"!=","value":"Replica"}]' }
        @{ Filter = @{ name = @{ like = 'dc1%' } }; Json = '[{"property":"name","operator":"like","value":"dc1%"}]' }
        @{ Filter = @{ lastCheckTime = @{ gt = [datetime]'2026-01-02T03:04:05' } }; Json = '[{"property":"lastCheckTime","operator":">","value":"2026-01-02T03:04:05"}]' }
        @{ Filter = @{ name = [ordered]@{ '>' = 'a'; '<' = 'b' } }; Json = '[{"property":"name","operator":">","value":"a"},{"property":"name","operator":"<","value":"b"}]' }
        @{ Filter = @{ state = @{ in = 'Ready' } }; Json = '[{"property":"state","operator":"in","value":["Ready"]}]' }
        @{ Filter = [ordered]@{ planMode = 'Enabled'; containsAgentGroups = $false }; Json = '[{"property":"planMode","operator":"==","value":"Enabled"},{"property":"containsAgentGroups","operator":"==","value":false}]' }
        @{ Filter = @{ or = [ordered]@{ state = 'Halted'; planMode = 'InUse' } }; Json = '[{"operator":"||","items":[{"property":"state","operator":"==","value":"Halted"},{"property":"planMode","operator":"==","value":"InUse"}]}]' }
        @{ Filter = @{ '||' = @{ state = 'Halted' }, ([ordered]@{ planMode = 'InUse'; planType = 'Replica' }) }; Json = '[{"operator":"||","items":[{"property":"state","operator":"==","value":"Halted"},{"operator":"&&","items":[{"property":"planMode","operator":"==","value":"InUse"},{"property":"planType","operator":"==","value":"Replica"}]}]}]' }
        @{ Filter = @{ and = @{ or = @{ state = 'Halted' }, @{ state = 'Ready' } }, @{ planType = 'Replica' } }; Json = '[{"operator":"&&","items":[{"operator":"||","items":[{"property":"state","operator":"==","value":"Halted"},{"property":"state","operator":"==","value":"Ready"}]},{"property":"planType","operator":"==","value":"Replica"}]}]' }
        @{ Filter = @{ name = "O'Brien `"x`" \ 日本" }; Json = $null }
    ) {
        Get-VroPlan -Filter $Filter -ErrorAction SilentlyContinue | Out-Null
        $sent = (Get-Question).filter
        if ($Json) {
            $sent | Should -BeExactly $Json
        }
        else {
            ($sent | ConvertFrom-Json)[0].value | Should -BeExactly $Filter.name
        }
    }

    It 'is understood by the server: <Count> plans' -ForEach @(
        @{ Filter = @{ planType = @{ ne = 'Replica' }; name = @{ like = 'dc[12]-%' } }; Count = 0 }
        @{ Filter = @{ name = @{ like = 'dc1-%' } }; Count = 4 }
        @{ Filter = @{ or = @{ name = 'dc1-web' }, @{ name = 'dc2-san' } }; Count = 2 }
        @{ Filter = @{ and = @{ name = @{ gt = 'dc1-' } }, @{ name = @{ lt = 'dc1-zzz' } } }; Count = 4 }
        @{ Filter = @{ 'schedule.scheduleType' = 'AfterPlan' }; Count = 1 }
    ) {
        @(Get-VroPlan -Filter $Filter).Count | Should -Be $Count
    }

    It 'passes JSON through, white space and all' {
        $json = '[ {"property" : "planMode","operator":"!=", "value":"Enabled"} ]'
        Get-VroPlan -Filter $json | Out-Null
        (Get-Question).filter | Should -BeExactly '[{"property" : "planMode","operator":"!=", "value":"Enabled"}]'.Replace('" : "', '":"').Replace(', ', ',')
    }

    It 'refuses <Why>: nothing is sent' -ForEach @(
        @{ Why = 'an operator that there is not'; Filter = @{ name = @{ matches = 'x' } } }
        @{ Why = 'a list with like'; Filter = @{ name = @{ like = 'x', 'y' } } }
        @{ Why = 'like with a number'; Filter = @{ name = @{ like = 5 } } }
        @{ Why = 'a list with =='; Filter = @{ name = @{ eq = 'x', 'y' } } }
        @{ Why = 'an empty group'; Filter = @{ or = @() } }
        @{ Why = 'a group of texts'; Filter = @{ or = 'a', 'b' } }
        @{ Why = 'an empty comparison'; Filter = @{ name = @{} } }
        @{ Why = 'an empty name'; Filter = @{ '' = 'x' } }
        @{ Why = 'an empty hashtable'; Filter = @{} }
        @{ Why = 'a number'; Filter = 5 }
    ) {
        { Get-VroPlan -Filter $Filter } | Should -Throw -ErrorId 'Vro.BadParameter,*'
        Get-OrchestratorSimulatorRequest Vro | Should -BeNullOrEmpty
    }

    It 'names the fields that there are where one does not exist: <Cmdlet> <Parameters>' -ForEach @(
        @{ Cmdlet = 'Get-VroPlan'; Parameters = @{ Filter = @{ or = @{ planTyp = 'x' }, @{ name = 'y' } } }; Wrong = "*-Filter: a plan has no field 'planTyp'; it has *planType*" }
        @{ Cmdlet = 'Get-VroPlan'; Parameters = @{ SortBy = 'nam' }; Wrong = "*-SortBy: a plan has no field 'nam'; it has *name*" }
        @{ Cmdlet = 'Get-VroScope'; Parameters = @{ Filter = @{ nam = 'x' } }; Wrong = "*-Filter: a scope has no field 'nam'*isDefault*" }
        @{ Cmdlet = 'Get-VroRecoveryLocation'; Parameters = @{ SortBy = 'nam' }; Wrong = "*-SortBy: a recovery location has no field 'nam'*availability*" }
    ) {
        & $Cmdlet @Parameters -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.Validation,*'
        "$($failed[0])" | Should -BeLike $Wrong
    }

    It 'names them also where the server finds nothing in place of an error' {
        Add-OrchestratorSimulatorFault Vro ReplaceBody -Path '*/Plans' -Body '{"total":0,"data":[]}' -ContentType application/json
        Get-VroPlan -Filter @{ planTyp = 'x' } -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        "$($failed[0])" | Should -BeLike "*no field 'planTyp'*"
        # What is found nowhere is no error where the field exists.
        Get-VroPlan -Filter @{ planType = 'x' } | Should -BeNullOrEmpty
    }

    It 'hands another refusal of the server on as it is' {
        Get-VroPlan -Filter '[{"property":"name","operator":"~","value":"x"}]' -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.Validation,*'
        "$($failed[0])" | Should -Not -BeLike '*has no field*'
    }
}

Describe '-SortBy, -Descending, -First and -Skip' {
    BeforeEach { Clear-OrchestratorSimulatorFault -RequestLog }

    It 'are done by the server' {
        $all = Get-VroPlan -SortBy name -Descending
        $all.Count | Should -Be 250
        $some = Get-VroPlan -SortBy name -Descending -First 5 -Skip 240
        $some.Name | Should -Be $all[240..244].Name
        $question = Get-Question
        $question.start | Should -Be '240'
        $question.limit | Should -Be '5'
        $question.sort | Should -BeExactly '[{"property":"name","direction":"DESC"}]'
        @(Get-VroPlan -Skip 300).Count | Should -Be 0
    }

    It 'count what was matched here' {
        $all = Get-VroPlan 'dc?-*' -Type Replica
        (Get-VroPlan 'dc?-*' -Type Replica -Skip 2 -First 3).Name | Should -Be $all[2..4].Name
    }

    It 'count over several servers together' {
        Connect-TestVro $simulator @{ Name = 'twin'; NotDefault = $true } | Out-Null
        $both = Get-VroPlan -Connection drill, twin
        (Get-VroPlan -Connection drill, twin -Skip 249 -First 2).Connection | Should -Be 'drill', 'twin'
        @(Get-VroPlan -Connection drill, twin -Skip 251).Count | Should -Be ($both.Count - 251)
        @(Get-VroScope -Connection drill, twin -Skip 2 -First 3).Connection | Should -Be 'drill', 'twin', 'twin'
        Disconnect-Vro twin
    }

    It 'complete the fields of a plan' {
        $line = 'Get-VroPlan -SortBy lastC'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'lastCheckResult', 'lastCheckTime'
    }
}
