BeforeAll {
    . $PSScriptRoot/Common.ps1
    # At its real speed an import takes some seconds: there are tasks that run.
    $simulator = Start-TestSimulator
    $vcd = $simulator.Vcd
    $null = Connect-TestVcd $simulator @{ Name = 'tenant' }
    $root = $vcd.Users | Where-Object Organization -EQ System
    $null = Connect-Vcd $vcd.Server -Organization System -Credential $root.Credential -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault
    $file = Join-Path $TestDrive 'task.iso'
    Set-Content -LiteralPath $file -Value 'content'
    $script:number = 0

    # Uploads a file; its import is a task that runs.
    function Start-Import {
        $script:number++
        Send-VcdMedia $file -Catalog iso -Name "task $script:number.iso"
    }

    function Get-Call {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | ForEach-Object { "$($_.Method) $($_.Path)" })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Get-TaskBody {
        param([string] $Status, [string] $More = '', [string] $Id = '0d2a8f4e-1111-4222-8333-444444444444')
        "<Task xmlns=`"http://www.vmware.com/vcloud/v1.5`" status=`"$Status`" operationName=`"vdcTest`" operation=`"Testing`" id=`"urn:vcloud:task:$Id`" href=`"$($vcd.Server)api/task/$Id`">$More</Task>"
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Get-VcdTask' {
    BeforeEach {
        Clear-Log
    }

    It 'lists what the server remembers, the latest first, in one request' {
        $tasks = @(Get-VcdTask)
        $tasks.Count | Should -BeGreaterThan 3
        $tasks.StartedAt | Should -Be @($tasks.StartedAt | Sort-Object -Descending)
        Get-Call | Should -Be 'GET /api/query'
    }

    It 'shows what runs' {
        $media = Start-Import
        $running = @(Get-VcdTask -Running)
        $running.Id | Should -Contain $media.Task.Id
        $running.IsFinished | Sort-Object -Unique | Should -Be $false
        @($media | Get-VcdTask -Running).Id | Should -Be $media.Task.Id
        $null = Wait-VcdTask $media
        @(Get-VcdTask -Running).Id | Should -Not -Contain $media.Task.Id
        $media | Get-VcdTask -Running | Should -BeNullOrEmpty
    }

    It 'shows tasks by state' {
        $all = @(Get-VcdTask)
        @(Get-VcdTask -Status error).Id | Should -Be @($all | Where-Object Status -EQ error).Id
        @(Get-VcdTask -Status success, abort*).Id | Should -Be @($all | Where-Object Status -In success, aborted).Id
        (TabExpansion2 'Get-VcdTask -Status ab' 22).CompletionMatches.CompletionText | Should -Be 'aborted'
    }

    It 'shows the tasks of an object, whether it was listed or read' {
        $media = Start-Import
        $listed = Get-VcdMedia ([wildcardpattern]::Escape($media.Name))
        $listed.Tasks | Should -BeNullOrEmpty
        @($listed | Get-VcdTask).Id | Should -Be $media.Task.Id
        $whole = Get-VcdMedia -Id $media.Id
        $whole.Tasks.Id | Should -Be $media.Task.Id
        @($whole | Get-VcdTask).Id | Should -Be $media.Task.Id
        # Another object of the name is another object.
        $failed = Get-VcdTask | Where-Object { $_.IsFailed -and $_.ObjectHref -like '*/vApp/vapp-*' } | Select-Object -First 1
        @(Get-VcdVApp -Id $failed.ObjectHref | Get-VcdTask).Id | Should -Contain $failed.Id
        Get-VcdOrg | Get-VcdRole | Select-Object -First 1 | Get-VcdTask -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'shows the tasks of an organization' {
        @(Get-VcdTask -Organization acme).Id | Should -Be @(Get-VcdTask).Id
        $globex = @(Get-VcdTask -Connection provider -Organization globex)
        $globex.Organization | Sort-Object -Unique | Should -BeIn 'globex'
        @(Get-VcdOrg acme -Connection provider | Get-VcdTask).Organization | Sort-Object -Unique | Should -Be 'acme'
        Get-VcdTask -Organization globex -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Permission,OrchestratorTools.Vcd.GetVcdTaskCommand'
    }

    It 'reads a task again: by id, UUID, address, object and XML' {
        $task = Get-VcdTask | Select-Object -First 1
        $xml = Invoke-VcdRequest $task.Href
        foreach ($found in (Get-VcdTask $task.Id), (Get-VcdTask -Id $task.Id.Split(':')[-1]), (Get-VcdTask $task.Href), ($task | Get-VcdTask), (Get-VcdTask -Task $task), ($xml | Get-VcdTask), ($task.Id | Get-VcdTask)) {
            $found.Id | Should -Be $task.Id
        }
        Get-VcdTask 'nonsense', $task.Id -ErrorAction SilentlyContinue -ErrorVariable failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.GetVcdTaskCommand'
    }
}

Describe 'Wait-VcdTask' {
    BeforeEach {
        Clear-Log
    }

    It 'waits for many at once, and for the tasks of objects' {
        $media = @(1..3 | ForEach-Object { Start-Import })
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $done = @($media[0], $media[1].Task, (Get-VcdMedia -Id $media[2].Id) | Wait-VcdTask)
        $done.Status | Should -Be 'success', 'success', 'success'
        $done.Id | Sort-Object | Should -Be @($media.Task.Id | Sort-Object)
        # One after the other would take three times as long.
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 12
    }

    It 'takes the XML that a raw request returned: a task, or what tasks are at work on' {
        $media = Start-Import
        $entity = Invoke-VcdRequest $media.Href
        $task = Invoke-VcdRequest $media.Task.Href
        ($task | Wait-VcdTask).Id | Should -Be $media.Task.Id
        (Wait-VcdTask $task.DocumentElement).Id | Should -Be $media.Task.Id
        ($entity | Wait-VcdTask).Id | Should -Be $media.Task.Id
        { Wait-VcdTask ([xml]'<Thing/>') } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*' -ExpectedMessage '*no Task*'
    }

    It 'stops waiting after -Timeout; the task goes on' {
        $media = Start-Import
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path '/api/task/*' -Body (Get-TaskBody running '<Progress>7</Progress>') -Count 0
        Wait-VcdTask $media -Timeout 2 -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Timeout,OrchestratorTools.Vcd.WaitVcdTaskCommand'
        "$($failed[0])" | Should -BeLike '*''running'', 7 %*'
        Clear-Log
        (Wait-VcdTask $media).Status | Should -Be 'success'
    }

    It 'makes an error of <Status> <What>' -ForEach @(
        @{ Status = 'error'; What = 'with a reason'; More = '<Error majorErrorCode="500" minorErrorCode="TIMEDOUT" message="It took too long"/>'; Said = '*It took too long*TIMEDOUT*' }
        @{ Status = 'error'; What = 'without a reason'; More = ''; Said = '*the server gives no reason*' }
        @{ Status = 'error'; What = 'with a link to cancel it'; More = '<Link rel="task:cancel" href="https://127.0.0.1/x"/>'; Said = '*failed*' }
        @{ Status = 'canceled'; What = ''; More = ''; Said = '*was canceled*' }
        @{ Status = 'aborted'; What = ''; More = ''; Said = '*was aborted*' }
    ) {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path '/api/task/*' -Body (Get-TaskBody $Status $More) -Count 0
        Wait-VcdTask 0d2a8f4e-1111-4222-8333-444444444444 -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Failed,OrchestratorTools.Vcd.WaitVcdTaskCommand'
        "$($failed[0])" | Should -BeLike $Said
        $failed[0].TargetObject | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
    }
}

Describe 'Stop-VcdTask' {
    BeforeEach {
        Clear-Log
    }

    It 'cancels a task by its link, once' {
        $media = Start-Import
        Clear-Log
        Stop-VcdTask $media.Task -Confirm:$false | Should -BeNullOrEmpty
        @(Get-Call) -like 'POST *' | Should -HaveCount 1
        ($media | Get-VcdTask).Status | Should -BeIn 'canceled', 'aborted'
        ($media | Get-VcdTask).IsCancelRequested | Should -BeTrue
    }

    It 'cancels what is at work on a piped object, waits, and returns it as it ended' {
        $media = @(1..2 | ForEach-Object { Start-Import })
        $ended = @(Get-VcdMedia -Id $media.Id | Stop-VcdTask -Wait -Timeout 20 -Confirm:$false)
        $ended.Id | Should -Be $media.Task.Id
        $ended.Status | ForEach-Object { $_ | Should -BeIn 'canceled', 'aborted' }
        $media[0] | Stop-VcdTask -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.StopVcdTaskCommand'
    }

    It 'says that a task has ended, even where the server still shows the link' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path '/api/task/*' -Body (Get-TaskBody success "<Link rel=`"task:cancel`" href=`"$($vcd.Server)api/task/x/action/cancel`"/>") -Count 0
        Stop-VcdTask 0d2a8f4e-1111-4222-8333-444444444444 -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.StopVcdTaskCommand'
        "$($failed[0])" | Should -BeLike '*has ended (''success'')*'
        @(Get-Call) -like 'POST *' | Should -BeNullOrEmpty
    }

    It 'says that a task cannot be cancelled' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path '/api/task/*' -Body (Get-TaskBody running) -Count 0
        Stop-VcdTask 0d2a8f4e-1111-4222-8333-444444444444 -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.StopVcdTaskCommand'
        "$($failed[0])" | Should -BeLike '*cannot be cancelled*'
        @(Get-Call) -like 'POST *' | Should -BeNullOrEmpty
    }

    It 'says that the task ended otherwise than cancelled' {
        $media = Start-Import
        $end = Get-TaskBody success -Id $media.Task.Id.Split(':')[-1]
        # Read before, read after, and then as it ends.
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path '/api/task/*' -Method GET -Body $end -Skip 1 -Count 0
        Stop-VcdTask $media.Task -Wait -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.StopVcdTaskCommand'
        "$($failed[0])" | Should -BeLike '*ended as ''success''*'
    }

    It 'sends nothing with -WhatIf' {
        $media = Start-Import
        Clear-Log
        Stop-VcdTask $media.Task -WhatIf
        $media | Stop-VcdTask -WhatIf
        @(Get-Call) -like 'POST *' | Should -BeNullOrEmpty
        (Wait-VcdTask $media).Status | Should -Be 'success'
    }

    It 'does not send a cancellation again whose answer was lost' {
        $media = Start-Import
        Clear-Log
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd LostAnswer -Method POST
        Stop-VcdTask $media.Task -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.OutcomeUnknown,OrchestratorTools.Vcd.StopVcdTaskCommand'
        @(Get-Call) -like 'POST *' | Should -HaveCount 1
    }

    It 'takes -Timeout with -Wait only, and goes on with the next task' {
        { Stop-VcdTask x -Timeout 3 } | Should -Throw -ErrorId 'Vcd.BadParameter,OrchestratorTools.Vcd.StopVcdTaskCommand'
        $media = Start-Import
        Stop-VcdTask 'urn:vcloud:task:00000000-1111-4222-8333-444444444444', $media.Task -PassThru -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed | ForEach-Object Id | Should -Be $media.Task.Id
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.StopVcdTaskCommand'
    }
}
